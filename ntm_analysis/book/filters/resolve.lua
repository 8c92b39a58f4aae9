-- Second pass, all formats: references become links, links to sources become links to pages.

local refs, pages, prefix, own

local function of_book(id)
  return id:match('^fig%-') or id:match('^tbl%-') or id:match('^sec%-')
end

local function reference(cite)
  local links = pandoc.Inlines({})
  for _, citation in ipairs(cite.citations) do
    local ref = refs[citation.id]
    if not ref then return nil end
    if #links > 0 then links:extend({ pandoc.Str(','), pandoc.Space() }) end
    local text = citation.mode == 'SuppressAuthor' and ref.short or ref.text
    links:insert(pandoc.Link({ pandoc.Str(text) }, ref.href, '', { class = 'ntm-ref' }))
  end
  return links
end

local function page_link(link)
  local path, anchor = link.target:match('^([^:#]+%.%a+)(#?.*)$')
  if path and (path:match('%.qmd$') or path:match('%.ipynb$')) then
    local page = pages[path]
    if page then
      local inside = page:sub(1, 1) == '#' and anchor ~= ''
      link.target = inside and anchor or (page .. anchor)
    end
  elseif prefix ~= '' and own[link.target:sub(2)] then
    link.target = '#' .. prefix .. link.target:sub(2)
  end
  return link
end

-- HTML of our templates, which the reader of Markdown takes for code. Anything but these plain tags
-- stays code, for all to see: a page must not carry what came with data.
local TAGS = {}
for tag in ('a b circle code dd details div dl dt fieldset g h5 input label legend li line nav p rect '
  .. 'section small span summary svg text ul'):gmatch('%S+') do TAGS[tag] = true end
local ATTRIBUTES = {}
for name in ('aria-hidden aria-label aria-labelledby class cx cy height href id name r role text-anchor '
  .. 'title type width x x1 x2 y y1 y2'):gmatch('%S+') do ATTRIBUTES[name] = true end

local function plain_html(text)
  for tag, rest in text:gmatch('</?([^%s/>]*)([^>]*)') do
    if not TAGS[tag] then return false end
    for name, value in rest:gmatch('([^%s="/]+)="([^"]*)"') do
      if not ATTRIBUTES[name] or name == 'href' and not value:match('^#') then return false end
    end
    if rest:gsub('[^%s="/]+="[^"]*"', ''):gsub('checked', ''):match('[^%s/]') then return false end
  end
  return true
end

local function own_html(block)
  if not block.classes:includes('ntm-html') then return nil end
  if not FORMAT:match('^html') then return {} end
  return plain_html(block.text) and pandoc.RawBlock('html', block.text) or nil
end

-- What only pages have; and what pages fold away, which print shows as it stands.
local of_format

-- Pandoc does not look again at what a filter puts in the place of a block.
local function opened(div)
  return div.content:walk({ traverse = 'topdown', Div = of_format }), false
end

function of_format(div)
  local pages = FORMAT:match('^html') ~= nil
  local visible, hidden = div.classes:includes('content-visible'), div.classes:includes('content-hidden')
  if (visible or hidden) and div.attributes['when-format'] == 'html' then
    if visible == pages then return opened(div) end
    return {}
  end
  if pages then return nil end
  for _, own in ipairs({ 'ntm-fold', 'ntm-printed', 'ntm-assessed' }) do
    if div.classes:includes(own) then return opened(div) end
  end
end

function Pandoc(doc)
  doc = doc:walk({ traverse = 'topdown', Div = of_format }):walk({ CodeBlock = own_html })
  local ntm = doc.meta.ntm
  refs, pages = ntm.refs or {}, ntm.pages or {}
  prefix, own = ntm.prefix or '', {}
  if prefix ~= '' then
    -- In one document for the whole book, ids that pandoc made up would clash.
    doc = doc:walk({ Header = function(header)
      if header.identifier ~= '' and not of_book(header.identifier) then
        own[header.identifier] = true
        header.identifier = prefix .. header.identifier
      end
      return header
    end })
  end
  return doc:walk({ Cite = reference }):walk({ Link = page_link })
end
