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

function Pandoc(doc)
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
