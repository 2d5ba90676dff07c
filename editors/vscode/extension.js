// At a formula, run a command: its derivation stands below, or in its place. What the cursor is in, the language server knows; what is selected,
// and everything where there is no server, the program is asked about by itself.
'use strict';

const { spawn } = require('child_process');
const vscode = require('vscode');
const server = require('./server');

const PLACED = /^[^:\n]*:(\d+):(\d+): error: (.*) \[([\w-]+)\]$/m;
const UNASKED = 'it is not said by what to differentiate';
let problems;

function activate(context) {
  problems = vscode.languages.createDiagnosticCollection('derivtex');
  context.subscriptions.push(
    problems,
    vscode.workspace.onDidChangeTextDocument((event) => problems.delete(event.document.uri)),
    vscode.commands.registerCommand('derivtex.deriveBelow', () => deriveSelection(false)),
    vscode.commands.registerCommand('derivtex.deriveReplacing', () => deriveSelection(true)),
    vscode.commands.registerCommand('derivtex.choose', () => atCursor(undefined)),
    vscode.commands.registerCommand('derivtex.answerBelow', answerSelection),
    vscode.commands.registerCommand('derivtex.checkDocument', checkDocument),
    vscode.commands.registerCommand('derivtex.restart', () => server.restart()),
  );
  return server.start();
}

/** Let the user choose among what the server can do at the cursor, of the titles that match; whether the server could be asked. */
async function atCursor(wanted) {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return false;
  const actions = await server.actions(editor);
  if (!actions) {
    if (!wanted) vscode.window.showErrorMessage('derivtex: the language server is not running: pip install "derivtex[lsp]"');
    return false;
  }
  const fit = wanted ? actions.filter((action) => wanted.test(action.title)) : actions;
  if (!fit.length) return false;
  const title = fit.length === 1 ? fit[0].title : await vscode.window.showQuickPick(fit.map((action) => action.title));
  const chosen = fit.find((action) => action.title === title);
  if (chosen) await server.run(chosen);
  return true;
}

/** Derive the selection of the active editor; where nothing is selected, the formula that the cursor is in. */
async function deriveSelection(replacing) {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return vscode.window.showErrorMessage('derivtex: no text editor is active');
  }
  if (editor.selection.isEmpty && !replacing && (await atCursor(/^Derive ∂.* below$/))) return undefined;
  const { document } = editor;
  const range = editor.selection.isEmpty ? document.lineAt(editor.selection.start.line).range : editor.selection;
  const version = document.version;
  problems.delete(document.uri);
  const done = await derived(document.getText(range), optionsFor(document));
  if (!done) {
    return undefined;
  }
  if (done.status !== 0) {
    return complain(document, range, done.said);
  }
  if (document.version !== version) {
    return vscode.window.showErrorMessage('derivtex: the document has changed meanwhile: try again');
  }
  return write(editor, range, done.text, replacing);
}

/** Answer the question that is selected; the post stands below it. */
async function answerSelection() {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.selection.isEmpty) {
    return vscode.window.showErrorMessage('derivtex: select a question first');
  }
  const { document, selection } = editor;
  const version = document.version;
  const done = await run(['answer', '-', '--profile', document.languageId === 'markdown' ? 'mathjax' : 'latex'], document.getText(selection));
  if (done.status !== 0) {
    return complain(document, selection, done.said);
  }
  if (document.version !== version) {
    return vscode.window.showErrorMessage('derivtex: the document has changed meanwhile: try again');
  }
  return write(editor, selection, `\n${done.text}`, false);
}

/** Check the lines of the document: the wrong ones are problems, and those that hold under a condition informations. */
async function checkDocument() {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return vscode.window.showErrorMessage('derivtex: no text editor is active');
  }
  const { document } = editor;
  if (await server.command('derivtex.check', document.uri.toString())) return undefined;
  const done = await run(['check', '-', '--format', 'json'], document.getText());
  if (done.status !== 0 && done.status !== 1) {
    return vscode.window.showErrorMessage(`derivtex: ${done.said.trim() || 'the program said nothing'}`);
  }
  const { lines, counts } = JSON.parse(done.text);
  problems.set(document.uri, lines.filter((line) => line.place).flatMap((line) => problemOf(document, line)));
  const told = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  return vscode.window.showInformationMessage(`derivtex: ${told || 'there are no lines to check'}`);
}

/** A checked line as a problem of the document; nothing where there is nothing to say of it. */
function problemOf(document, line) {
  const wrong = line.verdict === 'fails';
  if (!wrong && !(line.verdict === 'holds' && line.assuming.length)) {
    return [];
  }
  const { place } = line;
  const range = new vscode.Range(positionOf(document, place.line, place.column), positionOf(document, place.end_line, place.end_column));
  const expected = line.expected ? `; expected: ${line.expected}` : '';
  const message = wrong ? `${line.reason}${expected}` : `holds if ${line.assuming.join(', ')}`;
  const { Error: error, Information: information } = vscode.DiagnosticSeverity;
  const problem = new vscode.Diagnostic(range, message, wrong ? error : information);
  problem.source = 'derivtex';
  problem.code = line.code;
  return [problem];
}

/** A place of the program as one of the editor: its columns are characters, those of the editor UTF-16 units. */
function positionOf(document, line, column) {
  const text = document.lineAt(line - 1).text;
  return new vscode.Position(line - 1, [...text].slice(0, column - 1).join('').length);
}

/** What the program says about a formula; where it does not say by what to differentiate, ask. */
async function derived(formula, options) {
  const done = await run(['derive', '-', ...options], formula);
  if (done.status !== 3 || !done.said.includes(UNASKED)) {
    return done;
  }
  const names = /names that occur: (.*)/.exec(done.said);
  const wrt = await vscode.window.showInputBox({ prompt: `Derive by which name? ${names ? names[1] : ''}` });
  return wrt ? run(['derive', '-', '--wrt', wrt, ...options], formula) : undefined;
}

/** The options of the settings; a form that the document can hold where they name none. */
function optionsFor(document) {
  const own = vscode.workspace.getConfiguration('derivtex', document.uri).get('options', []);
  const options = document.uri.scheme === 'file' ? [...own, '--context', document.uri.fsPath] : own;
  if (options.some((option) => /^(-t|--template|--profile)/.test(option))) {
    return options;
  }
  const packages = /\\usepackage.*\{[^}]*(amsmath|mathtools)/.test(document.getText());
  const profile = document.languageId === 'markdown' ? 'mathjax' : packages ? 'latex' : 'latex-plain';
  return [...options, '--profile', profile];
}

/** Run the program: { status, text, said }. */
function run(options, input) {
  const [program, ...first] = vscode.workspace.getConfiguration('derivtex').get('command', ['derivtex']);
  return new Promise((resolve) => {
    const child = spawn(program, [...first, ...options], { stdio: 'pipe' });
    const out = [];
    const said = [];
    child.stdout.on('data', (data) => out.push(data));
    child.stderr.on('data', (data) => said.push(data));
    child.stdin.on('error', () => {});
    child.on('error', (error) => {
      resolve({ status: -1, text: '', said: `${program} cannot be run (${error.message}): pip install derivtex` });
    });
    child.on('close', (status) => {
      resolve({ status, text: Buffer.concat(out).toString('utf8'), said: Buffer.concat(said).toString('utf8') });
    });
    child.stdin.end(input, 'utf8');
  });
}

/** Put the derivation on the lines below a range, or in its place. */
function write(editor, range, text, replacing) {
  const trimmed = text.replace(/\n$/, '');
  return editor.edit((edit) => {
    if (replacing) {
      edit.replace(range, trimmed);
      return;
    }
    const last = range.end.character === 0 && range.end.line > range.start.line ? range.end.line - 1 : range.end.line;
    edit.insert(editor.document.lineAt(last).range.end, `\n${trimmed}`);
  });
}

/** Show an error as a message and, where it has a place, in the document. */
function complain(document, range, said) {
  const placed = PLACED.exec(said);
  if (placed) {
    const line = Number(placed[1]) - 1;
    // Columns of the program are characters; those of the editor UTF-16 units.
    const first = line === 0 ? range.start.character : 0;
    const text = document.lineAt(range.start.line + line).text.slice(first);
    const column = first + [...text].slice(0, Number(placed[2]) - 1).join('').length;
    const at = new vscode.Position(range.start.line + line, column);
    const problem = new vscode.Diagnostic(new vscode.Range(at, at.translate(0, 1)), placed[3], vscode.DiagnosticSeverity.Error);
    problem.source = 'derivtex';
    problem.code = placed[4];
    problems.set(document.uri, [problem]);
  }
  return vscode.window.showErrorMessage(`derivtex: ${(placed ? placed[3] : said.trim()) || 'the program said nothing'}`);
}

module.exports = { activate, deactivate: () => server.stop() };
