"use strict";
// Pointing at a byte marks its fields, pointing at a field its bytes; the other side follows.
// A selection is {rows, start, end, label}. Two can be shown: the pinned one, which the address
// holds, and the one under the pointer or the keyboard's focus.

const BYTES_A_LINE = 16;
const hex = document.getElementById("hex");
const fields = document.getElementById("fields");
const status_ = document.getElementById("status");
const hint = status_.textContent;
const lines = Array.from(hex.querySelectorAll(".l"));
const lineOf = new Map(lines.map((line, i) => [line, i]));
const rows = Array.from(fields.querySelectorAll(".r"), element => {
  const start = Number(element.dataset.o);
  return {element, start, end: start + Number(element.dataset.l)};
});
const rowOf = new Map(rows.map(row => [row.element, row]));

// Rows are in order of their start. reach[i] is how far rows 0 to i go: it ends a walk back.
const reach = [];
rows.forEach((row, i) => reach.push(i ? Math.max(reach[i - 1], row.end) : row.end));

function rowsAt(byte) {
  let low = 0, high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].start <= byte) low = middle + 1; else high = middle;
  }
  const found = [];
  for (let i = low - 1; i >= 0 && reach[i] > byte; i--) {
    if (rows[i].end > byte) found.push(rows[i]);
  }
  return found;
}

function pieceBytes(piece) {
  return (piece.textContent.length + 1) / 3;
}

function piecesIn(start, end) {
  const found = [];
  for (let n = Math.floor(start / BYTES_A_LINE); n < lines.length && n * BYTES_A_LINE < end; n++) {
    const [, bytes, text] = lines[n].children;
    Array.from(bytes.children).forEach((piece, i) => {
      const at = Number(piece.dataset.o);
      if (at < end && at + pieceBytes(piece) > start) found.push(piece, text.children[i]);
    });
  }
  return found;
}

function hexNumber(number) {
  return "0x" + number.toString(16);
}

function describe(row) {
  const count = row.end - row.start;
  const name = row.element.dataset.p || row.element.querySelector(".n").textContent;
  return `${name}: ${hexNumber(row.start)}, ${count} byte${count === 1 ? "" : "s"}`;
}

function ofRow(row) {
  return {rows: [row], start: row.start, end: row.end, label: describe(row)};
}

function ofByte(byte) {
  const found = rowsAt(byte);
  if (!found.length) return null;
  const {start, end} = found[0];
  const label = `byte ${hexNumber(byte)} in ${found.map(describe).join("; ")}`;
  return {rows: found, start, end, label};
}

const marked = {hot: [], pin: []};
let pinned = null;

function mark(kind, selection) {
  for (const element of marked[kind]) element.classList.remove(kind);
  marked[kind] = selection
    ? [...selection.rows.map(row => row.element), ...piecesIn(selection.start, selection.end)]
    : [];
  for (const element of marked[kind]) element.classList.add(kind);
  const shown = kind === "hot" && selection ? selection : pinned;
  status_.textContent = shown ? shown.label : hint;
}

function showBytes(selection) {
  const line = lines[Math.floor(selection.start / BYTES_A_LINE)];
  if (line) line.scrollIntoView({block: "nearest"});
}

function showRows(selection) {
  selection.rows[0].element.scrollIntoView({block: "nearest"});
}

function pinFromAddress() {
  const [, kind, number] = /^#(byte|field)=(0x[0-9a-f]+|\d+)$/i.exec(location.hash) || [];
  pinned = null;
  if (kind === "byte") {
    pinned = ofByte(Number(number));
  } else if (kind === "field") {
    const element = fields.querySelector(`.r[data-n="${Number(number)}"]`);
    pinned = element ? ofRow(rowOf.get(element)) : null;
  }
  mark("pin", pinned);
  if (pinned) {
    showBytes(pinned);
    showRows(pinned);
  }
}

// What an event is about: {byte} or {row}, or nothing.

function byteOf(event) {
  const piece = event.target.closest("#hex b, #hex i");
  if (!piece) return null;
  const first = piece.tagName === "B" ? piece
    : piece.closest(".l").children[1].children[Array.from(piece.parentNode.children).indexOf(piece)];
  const count = pieceBytes(first);
  const box = piece.getBoundingClientRect();
  const within = "clientX" in event && event.clientX
    ? Math.floor((event.clientX - box.left) / box.width * count) : 0;
  return Number(first.dataset.o) + Math.min(Math.max(within, 0), count - 1);
}

function point(event) {
  const byte = byteOf(event);
  const row = event.target.closest(".r");
  const selection = byte !== null ? ofByte(byte) : row ? ofRow(rowOf.get(row)) : null;
  mark("hot", selection);
  if (selection && byte !== null) showRows(selection);
  else if (selection) showBytes(selection);
}

function pin(event) {
  const byte = byteOf(event);
  const row = event.target.closest(".r");
  if (byte === null && !row) return;
  const wanted = byte !== null ? `#byte=${hexNumber(byte)}`
    : row.dataset.n === undefined ? `#byte=${hexNumber(Number(row.dataset.o))}`
    : `#field=${row.dataset.n}`;
  location.hash = location.hash === wanted ? "" : wanted;
}

// One stop of the Tab key for each side; the arrow keys move inside it.

function focus(element) {
  if (!element) return;
  const before = element.closest("section").querySelector("b[tabindex='0'], .r[tabindex='0']");
  if (before) before.tabIndex = -1;
  element.tabIndex = 0;
  element.focus({preventScroll: true});
  (element.closest(".l") || element).scrollIntoView({block: "nearest"});
}

function neighbourPiece(piece, key) {
  const line = piece.closest(".l");
  if (key === "ArrowLeft" && piece.previousSibling) return piece.previousSibling;
  if (key === "ArrowRight" && piece.nextSibling) return piece.nextSibling;
  const forward = key === "ArrowDown" || key === "ArrowRight";
  const other = lines[lineOf.get(line) + (forward ? 1 : -1)];
  if (!other) return null;
  const pieces = Array.from(other.children[1].children);
  if (key === "ArrowLeft") return pieces.at(-1);
  if (key === "ArrowRight") return pieces[0];
  const column = Number(piece.dataset.o) % BYTES_A_LINE;
  return pieces.findLast(found => Number(found.dataset.o) % BYTES_A_LINE <= column) || pieces[0];
}

function neighbourRow(element, key) {
  const index = rows.indexOf(rowOf.get(element));
  const step = {ArrowDown: 1, ArrowUp: -1}[key];
  return step && rows[index + step] ? rows[index + step].element : null;
}

document.addEventListener("keydown", event => {
  if (event.key === "Escape") location.hash = "";
  const piece = event.target.closest("#hex b");
  const row = event.target.matches(".r") ? event.target : null;
  if (!piece && !row) return;
  if (event.key === "Enter" || event.key === " ") pin(event);
  else if (event.key.startsWith("Arrow")) {
    focus(piece ? neighbourPiece(piece, event.key) : neighbourRow(row, event.key));
  } else return;
  event.preventDefault();
});

for (const side of [hex, fields]) {
  side.addEventListener("pointermove", point);
  side.addEventListener("pointerleave", () => mark("hot", null));
  side.addEventListener("focusin", point);
  side.addEventListener("focusout", () => mark("hot", null));
  side.addEventListener("click", pin);
  const first = side.querySelector(".l b, .r");
  if (first) first.tabIndex = 0;
}
addEventListener("hashchange", pinFromAddress);
pinFromAddress();
