" In LaTeX: align* where the document loads amsmath, else eqnarray*, which needs no package.
if !exists('b:derivtex_options') && !exists('g:derivtex_options')
  let b:derivtex_options = search('\\usepackage.*{[^}]*\%(amsmath\|mathtools\)', 'nw') ? ['--profile', 'latex'] : []
endif
