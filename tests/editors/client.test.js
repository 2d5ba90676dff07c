// The extension with its real client library, against `derivtex lsp` and a stand-in for the editor: node client.test.js EXTENSION.
// What the library calls of the editor and this test has no use for does nothing.
'use strict';

const assert = require('assert');
const Module = require('module');
const path = require('path');

const nothing = () => ({ dispose() {} });
const event = () => {
  const heard = [];
  const on = (listener) => { heard.push(listener); return nothing(); };
  return [on, (value) => Promise.all(heard.map((listener) => listener(value)))];
};
class Position {
  constructor(line, character) { Object.assign(this, { line, character }); }
}
class Range {
  constructor(start, end, line, character) { Object.assign(this, line === undefined ? { start, end } : { start: new Position(start, end), end: new Position(line, character) }); }
  get isEmpty() { return this.start.line === this.end.line && this.start.character === this.end.character; }
}
class Uri {
  constructor(text) { this.text = text; this.scheme = 'file'; this.fsPath = text.slice('file://'.length); }
  toString() { return this.text; }
  static parse(text) { return new Uri(text); }
  static file(name) { return new Uri(`file://${name}`); }
}
class Plain {
  constructor(...given) { this.given = given; }
}
class Diagnostic {
  constructor(range, message, severity) { Object.assign(this, { range, message, severity }); }
}
class WorkspaceEdit {
  constructor() { this.changes = []; }
  set(uri, edits) { this.changes.push([uri, edits]); }
  replace(uri, range, newText) { this.changes.push([uri, [{ range, newText }]]); }
}
class TextEdit {
  constructor(range, newText) { Object.assign(this, { range, newText }); }
}
class CodeActionKind {
  constructor(value) { this.value = value; }
  append(part) { return new CodeActionKind([this.value, part].filter(Boolean).join('.')); }
}
CodeActionKind.Empty = new CodeActionKind('');
class EventEmitter {
  constructor() { [this.event, this.fire] = event(); }
  dispose() {}
}
class Disposable {
  constructor(dispose) { this.dispose = dispose; }
  static from(...all) { return new Disposable(() => all.forEach((each) => each.dispose())); }
}
class CancellationTokenSource {
  constructor() { this.token = { isCancellationRequested: false, onCancellationRequested: nothing }; }
  cancel() {}
  dispose() {}
}

const [onOpen, opened] = event();
const commands = {};
const said = [];
const problems = new Map();
const edits = [];
let shown = [];
const settings = { command: process.env.DERIVTEX.split(' '), options: [], server: true, check: true };
const idle = (own) => new Proxy(own, { get: (it, name) => (name in it ? it[name] : /^(on|register|create)/.test(String(name)) ? () => nothing() : undefined) });
const known = {
  Position, Range, Uri, Diagnostic, WorkspaceEdit, TextEdit, EventEmitter, CodeActionKind, CancellationTokenSource, Disposable,
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  languages: idle({
    createDiagnosticCollection: () => ({ set: (uri, all) => problems.set(String(uri), all), delete: (uri) => problems.delete(String(uri)), clear() {}, dispose() {} }),
    match: (selector, document) => (selector.some((each) => each.language === document.languageId) ? 10 : 0),
  }),
  commands: { registerCommand: (name, run) => { assert.ok(!(name in commands), name); commands[name] = run; return nothing(); } },
  workspace: idle({
    textDocuments: [], onDidOpenTextDocument: onOpen, getConfiguration: () => ({ get: (name, usual) => settings[name] ?? usual }), isTrusted: true,
    applyEdit: async (edit) => { edits.push(edit); return true; },
  }),
  window: idle({
    activeTextEditor: undefined, visibleTextEditors: [], tabGroups: { all: [], onDidChangeTabs: nothing },
    createOutputChannel: () => ({ append() {}, appendLine() {}, show() {}, dispose() {}, trace() {}, info() {}, warn() {}, error() {} }),
    showErrorMessage: async (text) => { said.push(text); }, showWarningMessage: async (text) => { said.push(text); },
    showInformationMessage: async (text) => { said.push(text); },
    showQuickPick: async (titles) => { shown = titles; return titles[titles.length - 1]; },
    withProgress: async (options, work) => work({ report() {} }, new CancellationTokenSource().token),
  }),
  env: { appName: 'stand-in', language: 'en', appHost: 'desktop' },
  version: '1.90.0',
  extensions: { all: [], getExtension: () => undefined },
};
const vscode = new Proxy(known, { get: (it, name) => (name in it ? it[name] : Object.assign(class extends Plain {}, { File: 1, Invoke: 1, Empty: { value: '' }, joinPath: () => Uri.file('/') })) });
const load = Module._load;
const library = path.join(__dirname, 'node_modules');
Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name.startsWith('vscode-languageclient') ? require.resolve(name, { paths: [library] }) : name, ...rest));
const extension = require(path.join(process.argv[2], 'extension.js'));

const text = String.raw`\documentclass{article}\usepackage{amsmath}
\newcommand{\vw}{\mathbf{w}}
With $h = v^Tv$ we have
\[ dh = 3v^T dv. \]
\begin{equation}
  \|X\vw - y\|_2^2
\end{equation}
`;
const lines = text.split('\n');
const document = {
  uri: Uri.file('/paper.tex'), fileName: '/paper.tex', languageId: 'latex', version: 1, isClosed: false, isDirty: false, lineCount: lines.length,
  getText: () => text, lineAt: (line) => ({ text: lines[line], range: new Range(line, 0, line, lines[line].length) }),
};
const at = (line, character) => { vscode.window.activeTextEditor = { document, selection: new Range(line, character, line, character) }; };

async function until(what) {
  for (let tries = 0; tries < 300; tries += 1) {
    if (what()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail(`waited in vain: ${what} ${said}`);
}

async function main() {
  known.workspace.textDocuments.push(document);
  await extension.activate({ subscriptions: [] });
  assert.deepStrictEqual(said, []);
  await opened(document);
  await until(() => (problems.get('file:///paper.tex') ?? []).length);
  const [wrong] = problems.get('file:///paper.tex');
  assert.ok(wrong.range.start.line === 3 && wrong.message.includes('2v^{T}'), wrong.message);

  at(5, 4);
  await commands['derivtex.deriveBelow']();
  await until(() => edits.length);
  const [[, [edit]]] = edits[0].changes;
  assert.ok(edit.range.start.line >= 6 && edit.newText.includes(String.raw`\vw`) && edit.newText.includes('align*'), JSON.stringify(edit));

  await commands['derivtex.choose']();
  assert.ok(shown.some((title) => title.startsWith('Solve ')) && shown.some((title) => title.includes('numerator')), shown.join('; '));
  await commands['derivtex.checkDocument']();
  await until(() => said.some((words) => words.includes('1 wrong')));
  await extension.deactivate();
  process.stdout.write('the client works\n');
}

main().then(() => process.exit(0), (error) => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
