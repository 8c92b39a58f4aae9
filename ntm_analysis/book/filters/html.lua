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

local CARDS_FROM = 4 -- columns from which on a phone shows a row as a card

-- Each row is named by its first cell, if every row has one.
local function row_headers(tbl)
  if #tbl.colspecs < 2 then return end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      local first = row.cells[1]
      if not first or first.row_span > 1 or pandoc.utils.stringify(first.contents) == '' then return end
    end
  end
  for _, body in ipairs(tbl.bodies) do
    body.row_head_columns = 1
    for _, row in ipairs(body.body) do row.cells[1].attr.attributes.scope = 'row' end
  end
end

-- On a phone a row becomes a card: each cell says its column, and stays a cell for who listens.
local function cards(tbl)
  local head = tbl.head.rows[1]
  if #tbl.colspecs < CARDS_FROM or #tbl.head.rows ~= 1 or #head.cells ~= #tbl.colspecs then return end
  local labels = {}
  for place, cell in ipairs(head.cells) do
    labels[place] = pandoc.utils.stringify(cell.contents)
    cell.attr.attributes.role = 'columnheader'
  end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do if #row.cells ~= #labels then return end end
  end
  tbl.attr.attributes.role = 'table'
  tbl.head.attr.attributes.role = 'rowgroup'
  head.attr.attributes.role = 'row'
  for _, body in ipairs(tbl.bodies) do
    body.attr.attributes.role = 'rowgroup'
    for _, row in ipairs(body.body) do
      row.attr.attributes.role = 'row'
      for place, cell in ipairs(row.cells) do
        cell.attr.attributes.role = cell.attr.attributes.scope and 'rowheader' or 'cell'
        cell.attr.attributes['data-label'] = labels[place]
        local text = pandoc.utils.stringify(cell.contents)
        if text == '' or text == '–' then cell.attr.classes:insert('ntm-none') end
      end
    end
  end
  tbl.classes:insert('ntm-cards')
end

local function table_in_scroller(tbl)
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do cell.attr.attributes.scope = 'col' end
  end
  row_headers(tbl)
  cards(tbl)
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
