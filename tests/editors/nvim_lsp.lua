-- Neovim's client with `derivtex lsp`: diagnostics, hover, and a code action that writes the derivation.
local function fail(message)
  io.stderr:write(message .. '\n')
  vim.cmd('cquit')
end
local ok, problem = pcall(function()
  vim.opt.runtimepath:append(os.getenv('PLUGIN'))
  require('derivtex').setup({ cmd = vim.split(os.getenv('DERIVTEX') .. ' lsp', ' '), shapes = false })
  vim.cmd('edit ' .. os.getenv('PAPER'))
  vim.bo.filetype = 'tex'
  assert(vim.wait(20000, function() return #vim.diagnostic.get(0) == 1 end, 50), 'no diagnostic')
  local client = vim.tbl_keys(vim.lsp.buf_get_clients(0))[1]
  local found = vim.diagnostic.get(0)[1]
  assert(found.source == 'derivtex' and found.message:find('does not conform'), found.message)
  local where = { textDocument = vim.lsp.util.make_text_document_params(), position = { line = 3, character = 12 } }
  local told = vim.lsp.buf_request_sync(0, 'textDocument/hover', where, 10000)[client].result
  assert(told.contents.value:find('matrix, n × m'), told.contents.value)
  local range = { start = where.position, ['end'] = where.position }
  local asked = { textDocument = where.textDocument, range = range, context = { diagnostics = {} } }
  local actions = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', asked, 10000)[client].result
  assert(actions[1].title == 'Derive ∂φ/∂w below', actions[1].title)
  local chosen = actions[1]
  if not chosen.edit then
    chosen = vim.lsp.buf_request_sync(0, 'codeAction/resolve', chosen, 10000)[client].result
  end
  vim.lsp.util.apply_workspace_edit(chosen.edit, 'utf-16')
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  assert(text:find('2X^{T}r', 1, true), text)
  vim.lsp.stop_client(client)
end)
if not ok then fail(tostring(problem)) end
vim.cmd('qa!')
