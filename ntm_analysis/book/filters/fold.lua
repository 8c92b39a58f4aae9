-- Pages: a div of class `ntm-fold` lies folded under its title; print shows it as it stands.

local ENTITIES = { ['<'] = '&lt;', ['>'] = '&gt;', ['&'] = '&amp;', ['"'] = '&quot;' }

local function folded(div)
  if not div.classes:includes('ntm-fold') then return nil end
  local title = (div.attributes.title or ''):gsub('[<>&"]', ENTITIES)
  div.attributes.title = nil
  -- What the official form lists before table and chart, the rows of indicators say.
  if div.classes:includes('ntm-official') then
    div.content = div.content:filter(function(block)
      return block.t ~= 'Header' and block.t ~= 'BulletList'
    end)
  end
  div.content:insert(1, pandoc.RawBlock('html', '<details><summary>' .. title .. '</summary>'))
  div.content:insert(pandoc.RawBlock('html', '</details>'))
  return div
end

-- A criterion with its rows, so that a choice of indicators can hide what has none of them.
local function criteria(blocks)
  local all, own = pandoc.Blocks({}), nil
  for _, block in ipairs(blocks) do
    if block.t == 'Header' and block.level <= 4 then
      own = block.identifier:match('%-c%d+$') and pandoc.Div({}, { class = 'ntm-criterion' }) or nil
      if own then all:insert(own) end
    end
    if own then all[#all].content:insert(block) else all:insert(block) end
  end
  return all
end

-- Quarto's first page opens with what was written for it; our own renderer has it in its template.
local function front()
  if not quarto or not quarto.doc.is_format('html') or not quarto.project.directory then return nil end
  local home = quarto.project.directory .. '/index.qmd'
  if quarto.doc.input_file:gsub('\\', '/') ~= home:gsub('\\', '/') then return nil end
  local file = io.open(quarto.project.directory .. '/reports/.print/front.html', 'rb')
  local text = file and file:read('a') or ''
  if file then file:close() end
  return text ~= '' and pandoc.RawBlock('html', text) or nil
end

function Pandoc(doc)
  local opening = front()
  if opening then
    local first = doc.blocks[1]
    doc.blocks:insert(first and first.t == 'Header' and first.level == 1 and 2 or 1, opening)
  end
  doc.blocks = criteria(doc.blocks)
  return doc:walk({ Div = folded })
end
