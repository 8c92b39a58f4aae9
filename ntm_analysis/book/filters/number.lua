-- First pass over a chapter: takes out its title, numbers headings, figures and tables,
-- and hands to Python, in the metadata, all that other chapters and the navigation need.

local stringify = pandoc.utils.stringify
local headings, targets, cites = pandoc.List(), pandoc.List(), pandoc.List()
local images, links = pandoc.List(), pandoc.List()
local chapter, depth, label, folder
local title
local section, count = {}, { fig = 0, tbl = 0 }

local function joined(a, b)
  return a == '' and b or (a .. '.' .. b)
end

local function heading_number(level)
  section[level] = (section[level] or 0) + 1
  for deeper = level + 1, 6 do section[deeper] = nil end
  local parts = chapter
  for l = 2, level do parts = joined(parts, tostring(section[l] or 0)) end
  return parts
end

local function on_header(header)
  if header.level == 1 then
    if title then error('ntm-second-title: ' .. stringify(header)) end
    title = header
    return {}
  end
  local number = ''
  if chapter ~= '' and header.level <= depth and not header.classes:includes('unnumbered') then
    number = heading_number(header.level)
  end
  headings:insert({
    level = tostring(header.level), id = header.identifier, number = number,
    text = stringify(header.content),
  })
  if header.identifier:match('^sec%-') then
    targets:insert({ id = header.identifier, kind = 'sec', number = number,
                     text = stringify(header.content) })
  end
  if number ~= '' then
    header.content:insert(1, pandoc.Space())
    header.content:insert(1, pandoc.Span(number, { class = 'ntm-number' }))
  end
  return header
end

local function caption_number(element, kind)
  if not element.identifier:match('^' .. kind .. '%-') then return end
  count[kind] = count[kind] + 1
  local number = joined(chapter, tostring(count[kind]))
  targets:insert({ id = element.identifier, kind = kind, number = number, text = '' })
  local blocks = element.caption.long
  local text = pandoc.Inlines({ pandoc.Str(label[kind] .. '\u{a0}' .. number) })
  if #blocks == 0 then
    blocks = pandoc.Blocks({ pandoc.Plain({}) })
  elseif stringify(blocks) ~= '' then
    text:insert(pandoc.Str(':'))
  end
  local first = blocks[1].content
  if #first > 0 then first:insert(1, pandoc.Space()) end
  first:insert(1, pandoc.Span(text, { class = 'ntm-label' }))
  blocks[1].content = first
  element.caption.long = blocks
end

-- A callout may name its title as a heading; it is no section of the chapter.
local function callout_title(div)
  local is_callout = div.classes:find_if(function(class) return class:match('^callout%-') end)
  local first = div.content[1]
  if is_callout and first and first.t == 'Header' then
    div.attributes.title = stringify(first.content)
    div.content:remove(1)
  end
  return div
end

local numbering = {
  traverse = 'topdown',
  Header = on_header,
  Figure = function(figure)
    caption_number(figure, 'fig')
    return figure
  end,
  Table = function(tbl)
    caption_number(tbl, 'tbl')
    return tbl
  end,
}

-- The sign of a verdict stands in the text for renderers that only know text; ours draws it.
local VERDICTS = { ['ntm-met'] = true, ['ntm-not-met'] = true, ['ntm-pending'] = true,
                   ['ntm-no-data'] = true, ['ntm-not-applicable'] = true,
                   ['ntm-unproven'] = true, ['ntm-disputed'] = true }
local SIGNS = { ['●'] = true, ['×'] = true, ['◆'] = true, ['□'] = true, ['▬'] = true,
                ['○'] = true, ['▲'] = true }

-- The path of a file named in a source, from the project's root.
local function from_root(path)
  local parts = pandoc.List({})
  for part in (folder .. '/' .. path):gmatch('[^/\\]+') do
    if part == '..' and #parts > 0 and parts[#parts] ~= '..' then
      parts:remove()
    elseif part ~= '.' then
      parts:insert(part)
    end
  end
  return table.concat(parts, '/')
end

local rest = {
  Span = function(span)
    local first = span.content[1]
    if VERDICTS[span.classes[1] or ''] and first and first.t == 'Str' and SIGNS[first.text] then
      span.content:remove(1)
      if span.content[1] and span.content[1].t == 'Space' then span.content:remove(1) end
      return span
    end
  end,
  Cite = function(cite)
    for _, citation in ipairs(cite.citations) do cites:insert(citation.id) end
  end,
  Link = function(link)
    local path, anchor = link.target:match('^([^:#]+%.%a+)(#?.*)$')
    if path and (path:match('%.qmd$') or path:match('%.ipynb$')) then
      path = from_root(path)
      links:insert(path)
      link.target = path .. anchor
      return link
    end
  end,
  Image = function(image)
    local alt = image.attributes['fig-alt']
    if alt then
      image.caption = pandoc.Inlines(alt)
      image.attributes['fig-alt'] = nil
    end
    if not image.src:match('^%a[%w+.-]*:') then
      if not image.src:match('^ntm%-media/') then image.src = from_root(image.src) end
      images:insert(image.src)
    end
    return image
  end,
}

function Pandoc(doc)
  local function option(name) return stringify(doc.meta['ntm-' .. name] or '') end
  chapter, depth, folder = option('chapter'), tonumber(option('depth')), option('folder')
  label = { fig = option('fig'), tbl = option('tbl') }
  if option('title') ~= '' then
    title = pandoc.Header(1, pandoc.utils.blocks_to_inlines(
      pandoc.read(option('title'), option('reader')).blocks))
    title.identifier = ''
  end
  local body = pandoc.Pandoc(doc.blocks)
    :walk({ Div = callout_title }):walk(numbering):walk(rest)
  local meta = {
    headings = headings, targets = targets, cites = cites, images = images, links = links,
    title = title and stringify(title.content) or '',
    id = title and title.identifier or '',
  }
  return pandoc.Pandoc(body.blocks, pandoc.Meta({ ntm = meta }))
end
