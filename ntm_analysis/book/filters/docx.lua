-- Word: chapter titles, callouts, verdicts and table text as styles of the reference document.

local stringify = pandoc.utils.stringify
local words, widths

local TEXT_WIDTH = 467 -- points between the margins of the page
local SIGNS = {
  ['met'] = '●', ['not-met'] = '×', ['pending'] = '◆', ['no-data'] = '□',
  ['not-applicable'] = '▬', ['unproven'] = '○', ['disputed'] = '▲',
}

local function styled(style, blocks) return pandoc.Div(blocks, { ['custom-style'] = style }) end

-- Items of lists as plain paragraphs: the shading of a callout does not reach into lists.
local function flattened(blocks)
  local all = pandoc.Blocks({})
  for _, block in ipairs(blocks) do
    if block.t == 'BulletList' or block.t == 'OrderedList' then
      for number, item in ipairs(block.content) do
        local mark = block.t == 'BulletList' and '–' or (number .. '.')
        local parts = flattened(item)
        if parts[1] and parts[1].content then
          parts[1].content:insert(1, pandoc.Space())
          parts[1].content:insert(1, pandoc.Str(mark))
        end
        all:extend(parts)
      end
    else
      all:insert(block.t == 'Plain' and pandoc.Para(block.content) or block)
    end
  end
  return all
end

local function gap() return styled('Gap', { pandoc.Para({ pandoc.Str('\u{a0}') }) }) end

local function div(element)
  for _, class in ipairs(element.classes) do
    local kind = class:match('^callout%-(%a+)$')
    if kind and words[kind] then
      local word, title = stringify(words[kind]), element.attributes.title or ''
      local head = word
      if title ~= '' and title ~= word then head = word .. ' · ' .. title end
      local style = 'Callout ' .. kind:sub(1, 1):upper() .. kind:sub(2)
      local blocks = pandoc.Blocks({ pandoc.Para({ pandoc.Strong(pandoc.Inlines(head)) }) })
      blocks:extend(flattened(element.content))
      return { styled(style, blocks), gap() }
    end
    if class == 'ntm-synthetic' then return styled('Synthetic', element.content) end
  end
end

local function span(element)
  for _, class in ipairs(element.classes) do
    local own = class:match('^ntm%-([%w_-]+)$')
    own = own and own:gsub('_', '-')
    if own == 'label' then return pandoc.Strong(element.content) end
    if own and SIGNS[own] then
      return { pandoc.Span(SIGNS[own], { ['custom-style'] = 'Verdict ' .. own }),
               pandoc.Str('\u{a0}'), pandoc.Strong(element.content) }
    end
  end
end

-- A paragraph that is all bold heads what follows: it must stay with it.
local function minor_heading(para)
  if #para.content == 1 and para.content[1].t == 'Strong' then
    return styled('Minor Heading', { para }), false
  end
end

local function cells(rows, style)
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do
      local blocks = cell.contents:map(function(block)
        return block.t == 'Plain' and pandoc.Para(block.content) or block
      end)
      if #blocks > 0 then cell.contents = { styled(style, blocks) } end
    end
  end
end

local function table_text(tbl)
  local small = #tbl.colspecs >= 7 and ' Small' or ''
  cells(tbl.head.rows, 'Table Head' .. small)
  for _, body in ipairs(tbl.bodies) do cells(body.body, 'Table Text' .. small) end
  return { tbl, gap() }
end

local function image(img)
  local points = tonumber(widths[img.src] or '')
  if points then
    if not img.attributes.width and points > 0 then
      img.attributes.width = string.format('%.2fin', math.min(points, TEXT_WIDTH) / 72)
    end
    img.src = img.src:gsub('%.svg$', '.png')
  end
  return img
end

function Pandoc(doc)
  local ntm = doc.meta.ntm
  words, widths = ntm.callouts, ntm.widths or {}
  doc = doc:walk({ traverse = 'topdown', Para = minor_heading })
  doc = doc:walk({ Table = table_text, Image = image }):walk({ Div = div, Span = span })
  if ntm.synthetic ~= '' then
    doc.blocks:insert(1, styled('Synthetic', { pandoc.Para(pandoc.Inlines(ntm.synthetic)) }))
  end
  local title = pandoc.Inlines(ntm.title)
  if ntm.label ~= '' then
    title:insert(1, pandoc.LineBreak())
    title:insert(1, pandoc.Span(ntm.label, { ['custom-style'] = 'Chapter Label' }))
  end
  doc.blocks:insert(1, pandoc.Header(1, title, ntm.anchor))
  return pandoc.Pandoc(doc.blocks)
end
