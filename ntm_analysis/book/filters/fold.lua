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

function Pandoc(doc)
  doc.blocks = criteria(doc.blocks)
  return doc:walk({ Div = folded })
end
