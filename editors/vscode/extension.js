// Select a formula, run a command: its derivation stands below, or in its place.
'use strict';

const { spawn } = require('child_process');
const vscode = require('vscode');

const PLACED = /^[^:\n]*:(\d+):(\d+): (.*) \[([\w-]+)\]$/m;
const UNASKED = 'it is not said by what to differentiate';
let problems;

function activate(context) {
  problems = vscode.languages.createDiagnosticCollection('derivtex');
  context.subscriptions.push(
    problems,
    vscode.workspace.onDidChangeTextDocument((event) => problems.delete(event.document.uri)),
    vscode.commands.registerCommand('derivtex.deriveBelow', () => deriveSelection(false)),
    vscode.commands.registerCommand('derivtex.deriveReplacing', () => deriveSelection(true)),
  );
}

/** Derive the selection of the active editor; the lines of the cursor where nothing is selected. */
async function deriveSelection(replacing) {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return vscode.window.showErrorMessage('derivtex: no text editor is active');
  }
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

module.exports = { activate, deactivate() {} };
