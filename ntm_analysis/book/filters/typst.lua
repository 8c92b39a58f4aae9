-- Typst: chapter titles, callouts, verdicts and pictures as calls of the template's functions.

local stringify = pandoc.utils.stringify
local words

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
      return around(call('ntm-callout', kind, word, title == word and '' or title), element.content)
    end
    local own = class:match('^ntm%-([%w_-]+)$')
    if own then return around(call('ntm-block', own), element.content) end
  end
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
  doc = doc:walk({ Div = div, Span = span })
  local title = string.format('#ntm-chapter(%s, %s, %s)', quoted(ntm.label), quoted(ntm.title),
    quoted(ntm.synthetic))
  doc.blocks:insert(1, raw(title .. ' <' .. ntm.anchor .. '>'))
  return doc
end
