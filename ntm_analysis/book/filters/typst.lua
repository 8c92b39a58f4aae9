-- Typst: chapter titles, callouts, verdicts and pictures as calls of the template's functions.

local stringify = pandoc.utils.stringify
local words

local BLOCKS = { synthetic = true }
local SHORT = 1500 -- bytes of a callout that fits on one page with ease
local LONG = 28    -- bytes of a word that no narrow column can hold

local function raw(text) return pandoc.RawBlock('typst', text) end
local function inline(text) return pandoc.RawInline('typst', text) end

local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end

local function call(name, ...)
  local arguments = pandoc.List({ ... }):map(quoted)
  return '#' .. name .. '(' .. table.concat(arguments, ', ') .. ')['
end

local function around(opening, blocks)
  local all = pandoc.Blocks({ raw(opening) })
  all:extend(blocks)
  all:insert(raw(']'))
  return all
end

local function div(element)
  for _, class in ipairs(element.classes) do
    local kind = class:match('^callout%-(%a+)$')
    if kind and words[kind] then
      local word, title = stringify(words[kind]), element.attributes.title or ''
      local length = #stringify(element.content) < SHORT and 'whole' or ''
      return around(call('ntm-callout', kind, word, title == word and '' or title, length),
        element.content)
    end
    local own = class:match('^ntm%-([%w_-]+)$')
    if own and BLOCKS[own] then return around(call('ntm-block', own), element.content) end
  end
  local lang = element.attributes.lang
  if lang then return around('#[#set text(lang: ' .. quoted(lang) .. ')\n', element.content) end
end

local function span(element)
  for _, class in ipairs(element.classes) do
    local own = class:match('^ntm%-([%w_-]+)$')
    if own then
      local all = pandoc.Inlines({ inline(call('ntm-span', own)) })
      all:extend(element.content)
      all:insert(inline(']'))
      return all
    end
  end
  if element.attributes.lang then
    local all = pandoc.Inlines({ inline('#text(lang: ' .. quoted(element.attributes.lang) .. ')[') })
    all:extend(element.content)
    all:insert(inline(']'))
    return all
  end
end

local function terms(list)
  local all = pandoc.Blocks({})
  for _, item in ipairs(list.content) do
    all:extend({ raw('#ntm-term(['), pandoc.Plain(item[1]), raw('], [') })
    for _, definition in ipairs(item[2]) do
      for _, block in ipairs(definition) do
        all:insert(block.t == 'Plain' and pandoc.Para(block.content) or block)
      end
    end
    all:insert(raw('])'))
  end
  return all
end

-- Digests and addresses may be broken anywhere.
local function breakable(code)
  if #code.text <= LONG then return nil end
  local all = pandoc.Inlines({})
  for at = 1, #code.text, 8 do
    if at > 1 then all:insert(inline('#sym.zws')) end
    all:insert(pandoc.Code(code.text:sub(at, at + 7)))
  end
  return all
end

local function figure(element)
  local image
  element:walk({ Image = function(found) image = image or found end })
  if not image then return nil end
  local width = image.attributes.width
  local all = pandoc.Blocks({ raw(call('ntm-figure', image.src, stringify(image.caption),
    width and width:match('%%$') and width or '')) })
  for _, block in ipairs(element.caption.long) do
    all:insert(pandoc.Plain(block.content or {}))
  end
  all:insert(raw(element.identifier ~= '' and '] <' .. element.identifier .. '>' or ']'))
  return all
end

-- What typst would print otherwise: "9.", "-", "+" or "/" at the beginning of a cell or of an item as
-- the first item of a list, "=" there as a heading, three points as one sign, a hyphen before a figure
-- as a minus, one before "?" not at all.
local function literal(str)
  local text = str.text
  if text:match('^%d+%.$') or text:match('^=+$') or text:match('^[-+/]$') or text:find('...', 1, true) or text:find('-?', 1, true)
    or text:find('^%-%d') or text:find('[^%w\128-\255]%-%d') then
    return inline('#' .. quoted(text) .. ';')
  end
end

-- A paragraph that is all bold heads what follows: it must not be left alone at a page's foot.
local function minor_heading(para)
  if #para.content == 1 and para.content[1].t == 'Strong' then
    return { raw('#ntm-minor['), pandoc.Plain(para.content), raw(']') }
  end
end

local function formula(math)
  -- Read aloud as its TeX source, the form in which formulas are dictated.
  local markup = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ math }) }), 'typst')
  return inline('#ntm-math(' .. quoted(math.text) .. ', ' .. markup:gsub('%s+$', '') .. ')')
end

local function wide_table(tbl)
  -- Wide tables are set smaller, so that words need not be broken.
  local columns = #tbl.colspecs
  if columns < 7 then return nil end
  return { raw('#ntm-wide(' .. columns .. ')['), tbl, raw(']') }, false
end

function Pandoc(doc)
  local ntm = doc.meta.ntm
  words = ntm.callouts
  doc = doc:walk({ traverse = 'topdown', Figure = figure, Table = wide_table })
  doc = doc:walk({ Div = div, Span = span, Str = literal, Math = formula, Code = breakable,
    DefinitionList = terms, Para = minor_heading })
  local title = string.format('#ntm-chapter(%s, %s, %s, %s)', quoted(ntm.label),
    quoted(ntm.title), quoted(ntm.synthetic), quoted(ntm.mark))
  doc.blocks:insert(1, raw(title .. ' <' .. ntm.anchor .. '>'))
  return doc
end
