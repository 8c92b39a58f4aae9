-- Quarto's PDF and DOCX in the dress of our own: the passes of the built-in renderer, chapter by
-- chapter, over the one document that Quarto makes of the book. What they do not know (layouts,
-- listings, numbered equations) stays as it is, for Quarto itself.

local stringify = pandoc.utils.stringify
local HERE = quarto.project.directory .. '/reports/.print/'
local FORMAT_NAME = quarto.doc.is_format('typst') and 'typst'
  or quarto.doc.is_format('docx') and 'docx'

local function read(name)
  local file = assert(io.open(HERE .. name, 'rb'))
  local content = file:read('a')
  file:close()
  return content
end

-- A pass of the built-in renderer. Each gets an environment of its own, for they keep counts.
local function pass(name)
  local own = setmetatable({}, { __index = _G })
  local filters = assert(load(read(name .. '.lua'), '@' .. name .. '.lua', 't', own))()
  if not filters then return own.Pandoc end
  return function(doc)
    for _, filter in ipairs(filters) do doc = doc:walk(filter) end
    return doc
  end
end

local settings

local function words(lang)
  return settings.words[lang and lang:lower():match('^en') and 'en' or lang and 'vi' or settings.lang]
end

-- Conditional content of Quarto's: what is not for this format must not be numbered.
local function for_this_format(div)
  local visible, hidden = div.classes:includes('content-visible'), div.classes:includes('content-hidden')
  local when, unless = div.attributes['when-format'], div.attributes['unless-format']
  if not (visible or hidden) or not (when or unless) then return nil end
  local holds = not when or quarto.doc.is_format(when)
  if unless and quarto.doc.is_format(unless) then holds = false end
  return holds == visible and div.content or {}
end

local function item_of(block)
  if block.t ~= 'RawBlock' or block.format ~= 'html' then return nil end
  local encoded = block.text:match('quarto%-file%-metadata: ([^ ]+) %-%->')
  if not encoded then return nil end
  local item = quarto.json.decode(quarto.base64.decode(encoded))
  return item.bookItemType and item
end

local function front_matter(block)
  if block.t == 'CodeBlock' and block.classes:includes('quarto-title-block') then
    return pandoc.read(block.text, 'markdown').meta
  end
end

-- The document as parts and chapters; nothing where it is no book.
local function divided(blocks)
  local all = pandoc.List({})
  local part, appendix = '', false
  local function opened(item)
    if (item.bookItemDepth or 0) == 0 then part = '' end
    local number = type(item.bookItemNumber) == 'number' and item.bookItemNumber or nil
    all:insert({
      kind = appendix and 'appendix' or 'chapter',
      number = not number and '' or appendix and string.char(64 + number) or tostring(number),
      file = type(item.bookItemFile) == 'string' and item.bookItemFile or '',
      part = part, blocks = pandoc.Blocks({}), meta = {},
    })
  end
  for _, block in ipairs(blocks) do
    local item = item_of(block)
    if item then
      opened(item)
    elseif block.t == 'Div' and block.classes:includes('quarto-book-part') then
      block:walk({ Header = function(header) part = stringify(header.content) end })
      local divider
      block:walk({ RawBlock = function(raw) divider = divider or item_of(raw) end })
      if divider and divider.bookItemType == 'appendix' then part, appendix = '', true end
    elseif #all > 0 then
      local meta = front_matter(block)
      if meta then all[#all].meta = meta else all[#all].blocks:insert(block) end
    end
  end
  return all
end

-- Quarto leaves a table's attributes in its caption.
local function with_attributes(tbl)
  local last = tbl.caption.long[#tbl.caption.long]
  local inlines = last and last.content or pandoc.Inlines({})
  local from
  for at, inline in ipairs(inlines) do
    if inline.t == 'Str' and inline.text:match('^{[#.%a]') then from = at end
  end
  if not from then return nil end
  local text = stringify(pandoc.Inlines({ table.unpack(inlines, from) }))
    :gsub('\u{201c}', '"'):gsub('\u{201d}', '"')
  local span = text:match('}$') and pandoc.read('[x]' .. text, 'markdown').blocks[1].content[1]
  if not span or span.t ~= 'Span' then return nil end
  local kept = pandoc.Inlines({ table.unpack(inlines, 1, from - 1) })
  if #kept > 0 and kept[#kept].t == 'Space' then kept:remove() end
  last.content = kept
  tbl.caption.long[#tbl.caption.long] = last
  tbl.identifier = span.identifier
  local widths = pandoc.List({})
  for number in (span.attributes['tbl-colwidths'] or ''):gmatch('[%d.]+') do
    widths:insert(tonumber(number))
  end
  if #widths == #tbl.colspecs then
    for column, spec in ipairs(tbl.colspecs) do
      tbl.colspecs[column] = { spec[1], widths[column] / 100 }
    end
  end
  return tbl
end

-- Quarto would number them once more.
local function renamed(id)
  return (id:gsub('^(%a+%-)', function(kind)
    return (kind == 'fig-' or kind == 'tbl-' or kind == 'sec-') and 'ntm_' .. kind or kind
  end))
end

local rename = {
  Header = function(header) header.identifier = renamed(header.identifier) return header end,
  Table = function(tbl) tbl.identifier = renamed(tbl.identifier) return tbl end,
  Figure = function(figure) figure.identifier = renamed(figure.identifier) return figure end,
  Link = function(link)
    local id = link.target:match('^#(.+)$')
    if id then link.target = '#' .. renamed(id) return link end
  end,
}

-- Figures and tables with captions as Quarto would not take them for its own, which cannot break
-- across pages and stand in boxes.
local function captioned(element)
  local id, caption = element.identifier, element.caption.long
  if #caption == 0 then return nil end
  local inlines = pandoc.utils.blocks_to_inlines(caption)
  element.caption.long, element.identifier = {}, ''
  if FORMAT_NAME == 'typst' then
    local last = id ~= '' and '], kind: table) <' .. id .. '>' or '], kind: table)'
    element.classes:insert('typst:no-figure')
    return {
      pandoc.RawBlock('typst', '#figure(['), element, pandoc.RawBlock('typst', '], caption: ['),
      pandoc.Plain(inlines), pandoc.RawBlock('typst', last),
    }, false
  end
  local function styled(style, content)
    return pandoc.Div({ pandoc.Para(content) }, { ['custom-style'] = style })
  end
  local label = pandoc.Span(inlines, pandoc.Attr(id))
  if element.t == 'Table' then return { styled('Table Caption', { label }), element }, false end
  local picture = { pandoc.Span(pandoc.utils.blocks_to_inlines(element.content)) }
  return { styled('Captioned Figure', picture), styled('Image Caption', { label }) }, false
end

local LAYOUTS = { ['^fig%-'] = true, ['^tbl%-'] = true, ['^lst%-'] = true, ['^eq%-'] = true }

-- Figures that Quarto composes of several are its own, and so are equations that it numbers.
local function set_aside(kept)
  local function placeholder(block)
    kept:insert(block)
    return pandoc.Div({}, pandoc.Attr('', {}, { ['ntm-kept'] = tostring(#kept) })), false
  end
  return { traverse = 'topdown', Para = function(para)
    local math
    for _, inline in ipairs(para.content) do
      if math and inline.t == 'Str' and inline.text:match('^{#eq%-') then return placeholder(para) end
      math = inline.t == 'Math' or math and inline.t == 'Space'
    end
  end, Div = function(div)
    local own = false
    for pattern in pairs(LAYOUTS) do own = own or div.identifier:match(pattern) end
    for key in pairs(div.attributes) do own = own or key:match('^layout') end
    if own then return placeholder(div) end
  end }
end

local function put_back(kept)
  return { Div = function(div)
    local number = tonumber(div.attributes['ntm-kept'] or '')
    return number and kept[number]
  end }
end

local function numbered(chapter, index)
  local own = words(chapter.meta.lang and stringify(chapter.meta.lang))
  chapter.words = own
  chapter.made_up = chapter.meta.synthetic == true
  local label = own[chapter.kind == 'appendix' and 'crossref-apx-prefix' or 'crossref-ch-prefix']
  chapter.label = chapter.number ~= '' and (label .. ' ' .. chapter.number) or ''
  chapter.kept = pandoc.List({})
  local blocks = chapter.blocks
    :walk({ traverse = 'topdown', Div = for_this_format }):walk({ Table = with_attributes })
  chapter.says_so = false
  blocks:walk({ Div = function(div)
    chapter.says_so = chapter.says_so or div.classes:includes('ntm-synthetic')
  end })
  local meta = {
    ['ntm-chapter'] = chapter.number, ['ntm-depth'] = tostring(settings.depth),
    ['ntm-folder'] = chapter.file:match('^(.*)/[^/]*$') or '', ['ntm-title'] = '',
    ['ntm-fig'] = own['crossref-fig-prefix'], ['ntm-tbl'] = own['crossref-tbl-prefix'],
  }
  local done, doc = pcall(pass('number'), pandoc.Pandoc(
    blocks:walk(set_aside(chapter.kept)), pandoc.Meta(meta)))
  if not done then
    local heading = tostring(doc):match('ntm%-second%-title: ([^\n]*)')
    error(heading and (own.second_title:gsub('{chapter}', (chapter.file:gsub('%%', '%%%%')))
      :gsub('{heading}', (heading:gsub('%%', '%%%%')))) or doc, 0)
  end
  local found = doc.meta.ntm
  chapter.doc, chapter.title = doc, stringify(found.title)
  local id = stringify(found.id)
  chapter.anchor = id:match('^sec%-') and id or 'ch-' .. index
  return found, id
end

local function references(chapters)
  local refs, pages = {}, {}
  for index, chapter in ipairs(chapters) do
    local found, id = numbered(chapter, index)
    pages[chapter.file] = '#' .. chapter.anchor
    if id:match('^sec%-') then
      local text = chapter.number ~= '' and chapter.label:gsub(' ', '\u{a0}') or chapter.title
      local short = chapter.number ~= '' and chapter.number or chapter.title
      refs[id] = { text = text, short = short, href = '#' .. chapter.anchor }
    end
    for _, target in ipairs(found.targets) do
      local name, number = stringify(target.id), stringify(target.number)
      local word = chapter.words['crossref-' .. stringify(target.kind) .. '-prefix']
      local text = stringify(target.text)
      refs[name] = {
        text = number ~= '' and (word .. '\u{a0}' .. number) or text,
        short = number ~= '' and number or text,
        href = '#' .. name,
      }
    end
  end
  return refs, pages
end

-- Pictures as files: Word and typst read no `data:` addresses. Drawings in files of the project are
-- copied for Word, so that their pictures in points never come to lie among somebody's own files.
local function stored(chapters)
  local seen, drawings = {}, pandoc.List({})
  local function store(content, suffix)
    local name = 'media/' .. pandoc.utils.sha1(content) .. suffix
    if not seen[name] then
      local file = assert(io.open(HERE .. name, 'wb'))
      file:write(content)
      file:close()
      seen[name] = true
      if suffix == '.svg' then drawings:insert('reports/.print/' .. name) end
    end
    return 'reports/.print/' .. name
  end
  local function copied(path)
    if FORMAT_NAME ~= 'docx' or not path:match('%.svg$') or path:match('^%a[%w+.-]+:') then return end
    local file = io.open(quarto.project.directory .. '/' .. path, 'rb')
    if not file then return end
    local content = file:read('a')
    file:close()
    return store(content, '.svg')
  end
  for _, chapter in ipairs(chapters) do
    chapter.doc = chapter.doc:walk({ Image = function(image)
      if image.src:match('^data:image/') then
        local kind, content = pandoc.mediabag.fetch(image.src)
        image.src = store(content,
          kind:match('svg') and '.svg' or kind:match('jpe?g') and '.jpg' or '.png')
      else
        image.src = copied(image.src) or image.src
      end
      return image
    end })
    local folder = chapter.file:match('^(.*/)[^/]*$') or ''
    chapter.kept = chapter.kept:map(function(block)
      return block:walk({ Image = function(image)
        local path = copied(folder .. image.src)
        if path then
          image.src = '/' .. path
          return image
        end
      end })
    end)
  end
  return drawings
end

-- The widths of drawings, in points, once each has its picture in points beside it.
local function drawn(drawings)
  if #drawings == 0 then return {} end
  local done, answer = pcall(pandoc.pipe, settings.python,
    { '-m', 'ntm_analysis', 'draw', quarto.project.directory }, table.concat(drawings, '\n'))
  if done then return quarto.json.decode(answer) end
  quarto.log.warning(words().no_pictures .. '\n' .. tostring(answer))
  return {}
end

local function part_opening(chapters, at, count)
  local title, made_up = chapters[at].part, true
  for later = at, #chapters do
    if chapters[later].part ~= title then break end
    made_up = made_up and chapters[later].made_up
  end
  local note = made_up and words().synthetic_part_note or ''
  if FORMAT_NAME == 'typst' then
    local function quoted(text)
      return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
    end
    return { pandoc.RawBlock('typst', '#ntm-part(' .. quoted(title) .. ', ' .. quoted(note) .. ')') }
  end
  local all = pandoc.Blocks({ pandoc.Header(1, pandoc.Inlines(title), 'part-' .. count) })
  if note ~= '' then
    all:insert(pandoc.Div({ pandoc.Para(pandoc.Inlines(note)) }, { ['custom-style'] = 'Synthetic' }))
  end
  return all
end

-- For Quarto, a path that begins with a slash begins at the project; others at the chapter.
local function rooted(path)
  if path:match('^%a[%w+.-]+:') or path:match('^[/\\]') then return path end
  return '/' .. path
end

local function dressed(chapter, index, refs, pages, widths)
  local meta = pandoc.Meta({ ntm = {
    refs = refs, pages = pages, prefix = 'c' .. index .. '-', anchor = renamed(chapter.anchor),
    label = chapter.label, title = chapter.title, callouts = chapter.words.callouts,
    synthetic = chapter.made_up and not chapter.says_so and chapter.words.synthetic or '',
    mark = chapter.made_up and chapter.words.synthetic_mark or '', widths = widths,
  } })
  local doc = pass('resolve')(pandoc.Pandoc(chapter.doc.blocks, meta)):walk(rename)
  if FORMAT_NAME == 'typst' then
    doc = doc:walk({ Image = function(image) image.src = rooted(image.src) return image end })
  end
  for _, name in ipairs({ 'columns', FORMAT_NAME }) do
    doc = pass(name)(pandoc.Pandoc(doc.blocks, meta))
  end
  if FORMAT_NAME == 'docx' then
    doc = doc:walk({ Image = function(image) image.src = rooted(image.src) return image end })
  end
  chapter.kept = chapter.kept:map(function(block)
    return block:walk({ Image = function(image)
      if widths[image.src:sub(2)] then image.src = image.src:gsub('%.svg$', '.png') end
      return image
    end })
  end)
  local blocks = doc.blocks
    :walk({ traverse = 'topdown', Table = captioned, Figure = captioned })
    :walk(put_back(chapter.kept))
  if FORMAT_NAME == 'typst' and chapter.words.lang ~= settings.lang then
    blocks:insert(1, pandoc.RawBlock('typst', '#[\n#set text(lang: "' .. chapter.words.lang .. '")'))
    blocks:insert(pandoc.RawBlock('typst', ']'))
  end
  return blocks
end

function Pandoc(doc)
  if not FORMAT_NAME then return nil end
  settings = quarto.json.decode(read('settings.json'))
  local chapters = divided(doc.blocks)
  if #chapters == 0 then return nil end
  local refs, pages = references(chapters)
  local drawings = stored(chapters)
  local widths = FORMAT_NAME == 'docx' and drawn(drawings) or {}
  local all, parts = pandoc.Blocks({}), 0
  for index, chapter in ipairs(chapters) do
    local before = chapters[index - 1]
    if chapter.part ~= '' and (not before or before.part ~= chapter.part) then
      parts = parts + 1
      all:extend(part_opening(chapters, index, parts))
    end
    all:extend(dressed(chapter, index, refs, pages, widths))
  end
  return pandoc.Pandoc(all, doc.meta)
end
