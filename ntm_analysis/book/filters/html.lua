-- HTML: callouts, scrolling containers for wide things, header scopes, lazy pictures.

local words, root

local function callout_kind(div)
  for _, class in ipairs(div.classes) do
    local kind = class:match('^callout%-(%a+)$')
    if kind and words[kind] then return kind end
  end
end

local function callout(div)
  local kind = callout_kind(div)
  if not kind then return nil end
  local title = div.attributes.title
  local word = pandoc.utils.stringify(words[kind])
  local head = pandoc.Inlines({ pandoc.Span(word, { class = 'callout-word' }) })
  if title and title ~= word then
    head:insert(pandoc.Space())
    head:insert(pandoc.Span(pandoc.Inlines(title), { class = 'callout-title' }))
  end
  div.attributes.title = nil
  div.attributes.role = 'note'
  div.content:insert(1, pandoc.Div(pandoc.Plain(head), { class = 'callout-head' }))
  div.classes:insert(1, 'callout')
  return div
end

local function scroller(blocks, class)
  return pandoc.Div(blocks, { class = 'ntm-scroll ' .. class })
end

local function table_in_scroller(tbl)
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do cell.attr.attributes.scope = 'col' end
  end
  local caption = tbl.caption.long
  if #caption > 0 then
    tbl.caption.long = { pandoc.Div(caption, { class = 'ntm-caption' }) }
  end
  local columns = #tbl.colspecs
  tbl.classes:insert('ntm-columns-' .. (columns > 8 and 9 or columns))
  return scroller({ tbl }, 'ntm-table'), false
end

local function figure_in_scroller(figure)
  figure.content = { scroller(figure.content, 'ntm-picture') }
  return figure
end

local function image(img)
  if not img.src:match('^%a[%w+.-]*:') then img.src = root .. img.src end
  img.attributes.loading = 'lazy'
  img.attributes.decoding = 'async'
  return img
end

function Pandoc(doc)
  words, root = doc.meta.ntm.callouts, doc.meta.ntm.root or ''
  doc = doc:walk({ Image = image })
  doc = doc:walk({ Figure = figure_in_scroller })
  doc = doc:walk({ traverse = 'topdown', Table = table_in_scroller })
  return doc:walk({ Div = callout })
end
