// The language server `derivtex lsp`: started with the first document, asked what can be done at a place, and done without where it cannot run.
'use strict';

const vscode = require('vscode');

const LANGUAGES = ['latex', 'tex', 'markdown', 'quarto', 'rmd'];
let client;

/** Start the server, unless the settings say no; where it cannot run, say so once and go on without. */
async function start() {
  const settings = vscode.workspace.getConfiguration('derivtex');
  if (!settings.get('server', true)) return;
  const [program, ...first] = settings.get('command', ['derivtex']);
  try {
    const { LanguageClient } = require('vscode-languageclient/node');
    client = new LanguageClient('derivtex', 'derivtex', { command: program, args: [...first, 'lsp'] }, {
      documentSelector: LANGUAGES.map((language) => ({ language })),
      initializationOptions: { check: settings.get('check', true), shapes: settings.get('shapes', true) },
      synchronize: { configurationSection: 'derivtex' },
    });
    await client.start();
  } catch (error) {
    client = undefined;
    vscode.window.showWarningMessage(`derivtex: the language server does not run (${error.message}): pip install "derivtex[lsp]"`);
  }
}

const running = () => Boolean(client && client.isRunning());

/** What can be done at the cursor of an editor, as the server's own actions; nothing where it is not running. */
async function actions(editor) {
  if (!running()) return undefined;
  const { document, selection } = editor;
  const found = await client.sendRequest('textDocument/codeAction', {
    textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
    range: client.code2ProtocolConverter.asRange(selection),
    context: { diagnostics: [] },
  });
  return (found ?? []).filter((action) => !action.disabled);
}

/** Do what an action stands for: its edit, worked out now where it has none yet, and its command. */
async function run(action) {
  const whole = action.edit || action.command ? action : await client.sendRequest('codeAction/resolve', action);
  if (whole.edit) await vscode.workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(whole.edit));
  if (whole.command) await command(whole.command.command, ...(whole.command.arguments ?? []));
}

/** Have the server do a command of its own; whether it could be asked. */
async function command(name, ...words) {
  if (!running()) return false;
  await client.sendRequest('workspace/executeCommand', { command: name, arguments: words });
  return true;
}

const stop = () => (running() ? client.stop() : undefined);

async function restart() {
  await stop();
  return start();
}

module.exports = { start, stop, restart, actions, run, command };
