-- derivtex's language server in Neovim (0.7 or later): require('derivtex').setup({ check = true, shapes = true, cmd = { 'derivtex', 'lsp' } })
-- One server for all LaTeX and Markdown buffers, beside whatever other servers these have. Shapes are inlay hints, from Neovim 0.10 on.
local M = {}
local client

local function attach(buffer, options)
  if client == nil or vim.lsp.get_client_by_id(client) == nil then
    client = vim.lsp.start_client({
      name = 'derivtex', cmd = options.cmd or { 'derivtex', 'lsp' },
      init_options = { check = options.check ~= false, shapes = options.shapes ~= false },
    })
  end
  if client == nil then return end
  vim.lsp.buf_attach_client(buffer, client)
  if options.shapes ~= false and vim.lsp.inlay_hint and vim.lsp.inlay_hint.enable then
    pcall(vim.lsp.inlay_hint.enable, true, { bufnr = buffer })
  end
end

function M.setup(options)
  options = options or {}
  vim.api.nvim_create_autocmd('FileType', {
    pattern = { 'tex', 'plaintex', 'markdown', 'quarto' },
    callback = function(event) attach(event.buf, options) end,
  })
end

return M
