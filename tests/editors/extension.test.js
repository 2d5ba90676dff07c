// The extension's commands without its language server, against a small stand-in for the editor: node extension.test.js, DERIVTEX names the program.
'use strict';

const assert = require('assert');
const Module = require('module');
const path = require('path');

class Position {
  constructor(line, character) { Object.assign(this, { line, character }); }
  translate(lines, characters) { return new Position(this.line + lines, this.character + characters); }
}
class Range {
  constructor(start, end) { Object.assign(this, { start, end }); }
  get isEmpty() { return this.start.line === this.end.line && this.start.character === this.end.character; }
}
class Diagnostic {
  constructor(range, message, severity) { Object.assign(this, { range, message, severity }); }
}

const commands = {};
const said = [];
const problems = new Map();
const settings = { command: process.env.DERIVTEX.split(' '), options: [], server: false };
let asked = '';
const vscode = {
  Position, Range, Diagnostic, DiagnosticSeverity: { Error: 0, Information: 2 },
  languages: { createDiagnosticCollection: () => ({ set: (uri, all) => problems.set(uri, all), delete: (uri) => problems.delete(uri), dispose() {} }) },
  commands: { registerCommand: (name, run) => { commands[name] = run; return { dispose() {} }; } },
  workspace: { onDidChangeTextDocument: () => ({ dispose() {} }), getConfiguration: () => ({ get: (name, usual) => settings[name] ?? usual }) },
  window: {
    activeTextEditor: undefined,
    showErrorMessage: async (text) => { said.push(text); },
    showWarningMessage: async (text) => { said.push(text); },
    showInformationMessage: async (text) => { said.push(text); },
    showInputBox: async (options) => { said.push(options.prompt); return asked; },
  },
};
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));
const extension = require(path.join(process.argv[2], 'extension.js'));

function editorOn(text, first, last, languageId = 'latex') {
  const lines = () => editor.text.split('\n');
  const lineAt = (line) => ({ text: lines()[line], range: new Range(new Position(line, 0), new Position(line, lines()[line].length)) });
  const at = (position) => lines().slice(0, position.line).reduce((sum, line) => sum + line.length + 1, 0) + position.character;
  const replace = (range, by) => { editor.text = editor.text.slice(0, at(range.start)) + by + editor.text.slice(at(range.end)); };
  const editor = {
    text,
    selection: new Range(new Position(...first), new Position(...last)),
    document: {
      uri: 'file:///paper.tex', version: 1, languageId, lineAt,
      getText: (range) => (range ? editor.text.slice(at(range.start), at(range.end)) : editor.text),
    },
    edit: async (work) => { work({ replace, insert: (position, by) => replace(new Range(position, position), by) }); return true; },
  };
  vscode.window.activeTextEditor = editor;
  said.length = 0;
  return editor;
}

async function main() {
  await extension.activate({ subscriptions: [] });
  const question = String.raw`\frac{\partial}{\partial x} x^T A x`;

  let editor = editorOn(`before\n${question}\nafter`, [1, 0], [1, question.length]);
  await commands['derivtex.deriveBelow']();
  assert.ok(editor.text.startsWith(`before\n${question}\nLet `) && editor.text.endsWith('\nafter'), editor.text);
  assert.ok(editor.text.includes('(A + A^{T})x') && editor.text.includes('eqnarray'), editor.text);

  editor = editorOn(`${question}\n`, [0, 0], [0, question.length], 'markdown');
  await commands['derivtex.deriveReplacing']();
  assert.ok(!editor.text.includes(question) && editor.text.includes('$$'), editor.text);

  asked = 'x';
  editor = editorOn('y^T A x', [0, 2], [0, 2]);
  await commands['derivtex.deriveBelow']();
  assert.ok(said[0].includes('Derive by which name? y, A, x'), said[0]);
  assert.ok(editor.text.includes('A^{T}y'), editor.text);

  editor = editorOn('\u{1D465}α = b^T x\n  + tr(A x', [0, 2], [1, 10]);
  await commands['derivtex.deriveBelow']();
  const [problem] = problems.get('file:///paper.tex');
  assert.deepStrictEqual([problem.range.start.line, problem.range.start.character, problem.code], [1, 6, 'syntax']);
  assert.ok(said[0].includes('is not closed'), said[0]);
  assert.ok(!editor.text.includes('begin'), editor.text);

  const asks = 'What is $\\nabla_x x^T A x$?';
  editor = editorOn(`${asks}\nafter`, [0, 0], [0, asks.length], 'markdown');
  await commands['derivtex.answerBelow']();
  assert.ok(editor.text.startsWith(`${asks}\n\n`) && editor.text.includes('(A + A^{T})x') && editor.text.endsWith('\nafter'), editor.text);
  await commands['derivtex.answerBelow'](editorOn(asks, [0, 0], [0, 0], 'markdown'));
  assert.ok(said[0].includes('select a question'), said[0]);

  editor = editorOn('With $\u{1D465} = v^Tv$, $h = v^Tv$:\n\n$$dh = 3v^Tdv.$$\n', [0, 0], [0, 0], 'markdown');
  await commands['derivtex.checkDocument']();
  const [wrong] = problems.get('file:///paper.tex');
  assert.deepStrictEqual([wrong.range.start.line, wrong.range.start.character, wrong.severity], [2, 2, 0]);
  assert.ok(wrong.message.includes('expected: 2v^{T}') && said[0].includes('1 fails'), wrong.message + said[0]);

  settings.command = ['no-such-derivtex'];
  editor = editorOn('x^T x', [0, 0], [0, 5]);
  await commands['derivtex.deriveBelow']();
  assert.ok(said[0].includes('no-such-derivtex cannot be run'), said[0]);
  process.stdout.write('the extension works\n');
}

main().catch((error) => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
