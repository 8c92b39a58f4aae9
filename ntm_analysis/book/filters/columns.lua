-- Print: a column is never narrower than its longest word; the others give way.
-- Widths stated in the source are kept wherever they hold their words.

local PAGE = 467 -- points between the margins

local function letter_width(code)
  if code < 128 then
    local letter = string.char(code)
    if letter:match('[iljt.,:;|!\'()]') then return 0.31 end
    if letter:match('[mwMW%%]') then return 0.86 end
    if letter:match('%u') then return 0.7 end
  end
  return 0.5
end

local function word_width(word)
  local width = 0
  for _, code in utf8.codes(word) do width = width + letter_width(code) end
  return width
end

-- Width of the longest word, in ems; signs of verdicts stand beside their first word.
local function longest(blocks)
  local widest, extra = 0, 0
  blocks:walk({
    Str = function(str)
      for piece in str.text:gsub('–', '-'):gmatch('[^/%-]+[/%-]?') do
        widest = math.max(widest, word_width(piece))
      end
    end,
    Code = function(code) widest = math.max(widest, 0.6 * math.min(#code.text, 9)) end,
    Span = function(span)
      if span.classes[1] and span.classes[1]:match('^ntm%-') then extra = 1.1 end
    end,
  })
  return widest + extra
end

local function needed(tbl, size, padding)
  local widths = {}
  local function rows(list, factor)
    for _, row in ipairs(list) do
      for column, cell in ipairs(row.cells) do
        local width = longest(cell.contents) * factor * size + padding
        widths[column] = math.max(widths[column] or 0, width)
      end
    end
  end
  rows(tbl.head.rows, 1.08)
  for _, body in ipairs(tbl.bodies) do rows(body.body, 1) end
  return widths
end

local function fitted(tbl)
  local columns = #tbl.colspecs
  local stated, total = {}, 0
  for column, spec in ipairs(tbl.colspecs) do
    stated[column] = type(spec[2]) == 'number' and spec[2] or 0
    total = total + stated[column]
  end
  if total == 0 then return nil end
  local wide = columns >= 7
  local wanted = needed(tbl, wide and (columns > 8 and 9 or 9.5) or 10.5, wide and 8 or 11)
  local short, spare = 0, 0
  for column = 1, columns do
    local gap = stated[column] / total * PAGE - (wanted[column] or 0)
    if gap < 0 then short = short - gap else spare = spare + gap end
  end
  if short == 0 then return nil end
  local share = math.min(1, spare > 0 and short / spare or 1)
  local widths, sum = {}, 0
  for column = 1, columns do
    local own = stated[column] / total * PAGE
    local gap = own - (wanted[column] or 0)
    widths[column] = gap < 0 and wanted[column] or own - gap * share
    sum = sum + widths[column]
  end
  for column, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[column] = { spec[1], widths[column] / sum }
  end
  return tbl
end

return { { Table = fitted } }
