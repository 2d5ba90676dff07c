" Runs the derivtex command on lines of the buffer.

" What :Derivtex does: the lines of a range where one is given or they are to be replaced, else the formula that the cursor is in.
function! derivtex#command(range, first, last, replace, arguments) abort
  return a:range || a:replace ? derivtex#derive(a:first, a:last, a:replace, a:arguments) : derivtex#here(a:arguments)
endfunction

" The formula that the cursor is in, derived below its display; the cursor's line where no formula of the document is.
function! derivtex#here(arguments) abort
  if !&modifiable
    call s:complain('this buffer cannot be changed')
    return 0
  endif
  let l:name = empty(expand('%:t')) ? 'buffer' . (&filetype ==# 'markdown' ? '.md' : '.tex') : expand('%:p')
  let l:column = strchars(strpart(getline('.'), 0, col('.') - 1)) + 1
  let l:place = ['--line', line('.'), '--column', l:column, '--name', l:name]
  let l:options = a:arguments + get(b:, 'derivtex_options', get(g:, 'derivtex_options', []))
  let l:whole = s:run(['insert', '-'] + l:place + l:options, 1, line('$'), 'no formula is at')
  if l:whole is v:null
    return get(getqflist(), 0, {'text': ''}).text =~# '^no formula is at' ? derivtex#derive(line('.'), line('.'), 0, a:arguments) : 0
  endif
  let l:more = len(l:whole) - line('$')
  let l:at = line('.')
  while getline(l:at) ==# get(l:whole, l:at - 1, '') && l:at <= line('$')
    let l:at += 1
  endwhile
  call append(l:at - 1, l:whole[l:at - 1 : l:at + l:more - 2])
  return 1
endfunction

" The lines of a range, derived: the derivation stands below them, or with a bang in their place.
function! derivtex#derive(first, last, replace, arguments) abort
  if !&modifiable
    call s:complain('this buffer cannot be changed')
    return 0
  endif
  let l:paper = expand('%:p')
  let l:context = filereadable(l:paper) ? ['--context', l:paper] : []
  let l:options = a:arguments + l:context + get(b:, 'derivtex_options', get(g:, 'derivtex_options', []))
  let l:lines = s:run(['derive', '-'] + l:options, a:first, a:last)
  if l:lines is v:null
    return 0
  endif
  let l:indent = matchstr(getline(a:first), '^\s*')
  call map(l:lines, 'empty(v:val) ? v:val : l:indent . v:val')
  call append(a:last, l:lines)
  if a:replace
    execute 'silent' a:first . ',' . a:last . 'delete _'
  endif
  return 1
endfunction

" A question on the lines of a range, answered: the post stands below them.
function! derivtex#answer(first, last, arguments) abort
  if !&modifiable
    call s:complain('this buffer cannot be changed')
    return 0
  endif
  let l:profile = &filetype =~# 'tex' ? ['--profile', 'latex'] : ['--profile', 'mathjax']
  let l:lines = s:run(['answer', '-'] + (empty(a:arguments) ? l:profile : a:arguments), a:first, a:last)
  if l:lines is v:null
    return 0
  endif
  call append(a:last, [''] + l:lines)
  return 1
endfunction

" The lines of a derivation, judged: the verdicts in the preview window, the wrong lines in the quickfix list.
function! derivtex#check(first, last, arguments) abort
  let l:lines = s:run(['check', '-'] + a:arguments, a:first, a:last)
  if l:lines is v:null
    return 0
  endif
  call s:wrong(l:lines, a:first)
  silent pedit derivtex-check
  wincmd P
  setlocal buftype=nofile bufhidden=wipe noswapfile
  call setline(1, l:lines)
  wincmd p
  return 1
endfunction

" What g@ calls: whole lines, whatever the motion was.
function! derivtex#operator(type) abort
  call derivtex#derive(line("'["), line("']"), 0, [])
endfunction

" The output of a command on a range; null where there is none, and then the quickfix list has the errors. An error that begins with the words
" of a fourth argument is not shown.
function! s:run(arguments, first, last, ...) abort
  let l:program = get(g:, 'derivtex_command', 'derivtex')
  if !executable(split(l:program)[0])
    call s:complain(l:program . ' is not to be found: pip install derivtex, or set g:derivtex_command')
    return v:null
  endif
  let l:said = tempname()
  let l:command = l:program . ' ' . join(map(copy(a:arguments), 'shellescape(v:val)'))
  let l:kept = &shellredir
  set shellredir=>
  try
    let l:lines = systemlist(l:command . ' 2>' . shellescape(l:said), getline(a:first, a:last))
    let l:status = v:shell_error
  finally
    let &shellredir = l:kept
  endtry
  let l:messages = filereadable(l:said) ? readfile(l:said) : []
  call delete(l:said)
  call s:quickfix(l:messages, a:first)
  let l:judged = a:arguments[0] ==# 'check' && l:status == 1
  if l:status != 0 && !l:judged
    let l:said = get(l:messages, 0, l:program . ' ended with status ' . l:status)
    if !a:0 || stridx(l:said, a:1) < 0
      call s:complain(l:said)
    endif
    return v:null
  endif
  return l:lines
endfunction

" FILE:LINE:COLUMN: error: text [code], with lines of the range and columns in characters, as places of the buffer.
function! s:quickfix(messages, first) abort
  let l:found = []
  for l:message in a:messages
    let l:parts = matchlist(l:message, '^\%([^:]*:\(\d\+\):\(\d\+\): \)\?\(error\|warning\|note\): \(.*\)$')
    if !empty(l:parts)
      let l:line = a:first + max([0, str2nr(l:parts[1]) - 1])
      let l:column = max([1, byteidx(getline(l:line), str2nr(l:parts[2]) - 1) + 1])
      call add(l:found, {'bufnr': bufnr('%'), 'lnum': l:line, 'col': l:column, 'type': toupper(l:parts[3][0]), 'text': l:parts[4]})
    elseif !empty(l:found) && l:message =~# '^\s*help: '
      let l:found[-1].text .= ' (' . matchstr(l:message, 'help: .*') . ')'
    endif
  endfor
  call setqflist([], ' ', {'title': 'derivtex', 'items': l:found})
endfunction

" The lines of a report that name a wrong line, as places of the buffer.
function! s:wrong(report, first) abort
  let l:found = []
  for l:text in a:report
    let l:parts = matchlist(l:text, '^[^:]*:\(\d\+\):\(\d\+\): fails\s\+\(.*\)$')
    if !empty(l:parts)
      let l:line = a:first + str2nr(l:parts[1]) - 1
      let l:column = max([1, byteidx(getline(l:line), str2nr(l:parts[2]) - 1) + 1])
      call add(l:found, {'bufnr': bufnr('%'), 'lnum': l:line, 'col': l:column, 'type': 'E', 'text': 'does not hold: ' . l:parts[3]})
    endif
  endfor
  call setqflist([], 'a', {'items': l:found})
endfunction

function! s:complain(message) abort
  echohl ErrorMsg
  echomsg 'derivtex: ' . a:message
  echohl None
endfunction
