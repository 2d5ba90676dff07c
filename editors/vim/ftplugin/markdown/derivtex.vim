" In Markdown: a display between double dollars.
if !exists('b:derivtex_options') && !exists('g:derivtex_options')
  let b:derivtex_options = ['--profile', 'mathjax']
endif
