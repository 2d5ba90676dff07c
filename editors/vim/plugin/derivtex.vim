" Derive matrix derivatives in LaTeX: :Derivtex.  See :help derivtex
if exists('g:loaded_derivtex') || &compatible
  finish
endif
let g:loaded_derivtex = 1

command! -range -bang -nargs=* Derivtex call derivtex#command(<range>, <line1>, <line2>, <bang>0, [<f-args>])
command! -range -nargs=* DerivtexAnswer call derivtex#answer(<line1>, <line2>, [<f-args>])
command! -range -nargs=* DerivtexCheck call derivtex#check(<line1>, <line2>, [<f-args>])

nnoremap <silent> <Plug>(derivtex) :<C-U>set operatorfunc=derivtex#operator<CR>g@
xnoremap <silent> <Plug>(derivtex) :Derivtex<CR>
