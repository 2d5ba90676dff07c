-- l3build: `l3build ctan` in this folder, with derivtex installed, typesets the manual and packs derivtex-ctan.zip.

module       = "derivtex"
ctanpkg      = "derivtex"
sourcefiles  = {"derivtex.sty"}
installfiles = {"derivtex.sty"}
typesetfiles = {"derivtex.tex"}
docfiles     = {"latexmkrc", "LICENSE"}
textfiles    = {"README.md"}

-- The manual's derivations are made between the runs of LaTeX.
function typeset(file)
  return run(typesetdir, "latexmk -r latexmkrc -pdf -interaction=nonstopmode " .. file)
end

function docinit_hook()
  return cp("latexmkrc", currentdir, typesetdir)
end
