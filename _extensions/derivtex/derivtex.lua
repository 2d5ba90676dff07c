-- Quarto takes filters in Lua from an extension: this one hands the document to pandoc-derivtex, which has to be on the PATH
-- (pip install derivtex), once for all its blocks.

-- Quarto numbers a display that is followed by {#eq-name}; pandoc-derivtex puts the identifier on a span around it.
local function labelled(span)
  if span.identifier:match("^eq%-") and #span.content == 1 and span.content[1].t == "Math" then
    return { span.content[1], pandoc.Space(), pandoc.Str("{#" .. span.identifier .. "}") }
  end
end

local function ours(element)
  return element.classes:includes("derivtex") or element.classes:includes("{derivtex}")
end

function Pandoc(doc)
  local found = false
  local function look(element)
    found = found or ours(element)
  end
  doc:walk({ CodeBlock = look, Code = look })
  if not found then
    return nil
  end
  local derived = pandoc.utils.run_json_filter(doc, "pandoc-derivtex", { FORMAT })
  if quarto ~= nil then
    derived = derived:walk({ Span = labelled })
  end
  return derived
end
