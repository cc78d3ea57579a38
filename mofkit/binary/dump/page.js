"use strict";
// Pointing at a byte marks its fields, pointing at a field its bytes; the other side follows.
// A selection is {rows, start, end, label}. Two can be shown: the pinned one, which the address
// holds, and the one under the pointer or the keyboard's focus. A page has one buffer, or a file and
// what it expands to; of these one is in sight.

const BYTES_A_LINE = 16;
const status_ = document.getElementById("status");
const hint = status_.textContent;
let pinned = null;

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

function pieceBytes(piece) {
  return (piece.textContent.length + 1) / 3;
}

class Buffer {
  constructor(section) {
    this.section = section;
    this.address = section.dataset.at;
    this.hex = section.querySelector(".hex");
    this.fields = section.querySelector(".fields");
    this.lines = Array.from(this.hex.querySelectorAll(".l"));
    this.lineOf = new Map(this.lines.map((line, i) => [line, i]));
    this.rows = Array.from(this.fields.querySelectorAll(".r"), element => {
      const start = Number(element.dataset.o);
      return {element, start, end: start + Number(element.dataset.l)};
    });
    this.rowOf = new Map(this.rows.map((row, i) => [row.element, i]));
    // Rows are in order of their start. reach[i] is how far rows 0 to i go: it ends a walk back.
    this.reach = [];
    this.rows.forEach((row, i) => this.reach.push(i ? Math.max(this.reach[i - 1], row.end) : row.end));
    this.marked = {hot: [], pin: []};
  }

  rowsAt(byte) {
    let low = 0, high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rows[middle].start <= byte) low = middle + 1; else high = middle;
    }
    const found = [];
    for (let i = low - 1; i >= 0 && this.reach[i] > byte; i--) {
      if (this.rows[i].end > byte) found.push(this.rows[i]);
    }
    return found;
  }

  piecesIn(start, end) {
    const found = [];
    for (let n = Math.floor(start / BYTES_A_LINE); n < this.lines.length && n * BYTES_A_LINE < end; n++) {
      const [, bytes, text] = this.lines[n].children;
      Array.from(bytes.children).forEach((piece, i) => {
        const at = Number(piece.dataset.o);
        if (at < end && at + pieceBytes(piece) > start) found.push(piece, text.children[i]);
      });
    }
    return found;
  }

  ofByte(byte) {
    const found = this.rowsAt(byte);
    if (!found.length) return null;
    const {start, end} = found[0];
    const label = `byte ${hexNumber(byte)} in ${found.map(describe).join("; ")}`;
    return {rows: found, start, end, label};
  }

  ofElement(element) {
    return ofRow(this.rows[this.rowOf.get(element)]);
  }

  mark(kind, selection) {
    for (const element of this.marked[kind]) element.classList.remove(kind);
    this.marked[kind] = selection
      ? [...selection.rows.map(row => row.element), ...this.piecesIn(selection.start, selection.end)]
      : [];
    for (const element of this.marked[kind]) element.classList.add(kind);
    const shown = kind === "hot" && selection ? selection : pinned;
    status_.textContent = shown ? shown.label : hint;
  }

  showBytes(selection) {
    const line = this.lines[Math.floor(selection.start / BYTES_A_LINE)];
    if (line) line.scrollIntoView({block: "nearest"});
  }

  showRows(selection) {
    selection.rows[0].element.scrollIntoView({block: "nearest"});
  }

  /** What "byte" or "field" and a number name here, or null. */
  find(kind, number) {
    if (kind === "byte") return this.ofByte(number);
    const element = this.fields.querySelector(`.r[data-n="${number}"]`);
    return element ? this.ofElement(element) : null;
  }

  // What an event is about: a byte or a row, or nothing.

  byteOf(event) {
    const piece = event.target.closest(".hex b, .hex i");
    if (!piece) return null;
    const first = piece.tagName === "B" ? piece
      : piece.closest(".l").children[1].children[Array.from(piece.parentNode.children).indexOf(piece)];
    const count = pieceBytes(first);
    const box = piece.getBoundingClientRect();
    const within = "clientX" in event && event.clientX
      ? Math.floor((event.clientX - box.left) / box.width * count) : 0;
    return Number(first.dataset.o) + Math.min(Math.max(within, 0), count - 1);
  }

  point(event) {
    const byte = this.byteOf(event);
    const row = event.target.closest(".r");
    const selection = byte !== null ? this.ofByte(byte) : row ? this.ofElement(row) : null;
    this.mark("hot", selection);
    if (selection && byte !== null) this.showRows(selection);
    else if (selection) this.showBytes(selection);
  }

  pin(event) {
    if (event.target.closest("a")) return;
    const byte = this.byteOf(event);
    const row = event.target.closest(".r");
    if (byte === null && !row) return;
    const wanted = byte !== null ? `byte=${hexNumber(byte)}`
      : row.dataset.n === undefined ? `byte=${hexNumber(Number(row.dataset.o))}`
      : `field=${row.dataset.n}`;
    const hash = `#${this.address}${wanted}`;
    location.hash = location.hash === hash ? "" : hash;
  }

  // One stop of the Tab key for each side; the arrow keys move inside it.

  neighbourPiece(piece, key) {
    const line = piece.closest(".l");
    if (key === "ArrowLeft" && piece.previousSibling) return piece.previousSibling;
    if (key === "ArrowRight" && piece.nextSibling) return piece.nextSibling;
    const forward = key === "ArrowDown" || key === "ArrowRight";
    const other = this.lines[this.lineOf.get(line) + (forward ? 1 : -1)];
    if (!other) return null;
    const pieces = Array.from(other.children[1].children);
    if (key === "ArrowLeft") return pieces.at(-1);
    if (key === "ArrowRight") return pieces[0];
    const column = Number(piece.dataset.o) % BYTES_A_LINE;
    return pieces.findLast(found => Number(found.dataset.o) % BYTES_A_LINE <= column) || pieces[0];
  }

  neighbourRow(element, key) {
    const step = {ArrowDown: 1, ArrowUp: -1}[key];
    const other = step && this.rows[this.rowOf.get(element) + step];
    return other ? other.element : null;
  }

  press(event) {
    const piece = event.target.closest(".hex b");
    const row = event.target.matches(".r") ? event.target : null;
    if (!piece && !row) return;
    const link = row && row.querySelector("a.to");
    if (event.key === "Enter" || event.key === " ") this.pin(event);
    else if (link && event.key === "ArrowRight") location.hash = link.hash;
    else if (event.key.startsWith("Arrow")) {
      focus(piece ? this.neighbourPiece(piece, event.key) : this.neighbourRow(row, event.key));
    } else return;
    event.preventDefault();
  }

  listen() {
    for (const side of [this.hex, this.fields]) {
      side.addEventListener("pointermove", event => this.point(event));
      side.addEventListener("pointerleave", () => this.mark("hot", null));
      side.addEventListener("focusin", event => this.point(event));
      side.addEventListener("focusout", () => this.mark("hot", null));
      side.addEventListener("click", event => this.pin(event));
      side.addEventListener("keydown", event => this.press(event));
      const first = side.querySelector(".l b, .r");
      if (first) first.tabIndex = 0;
    }
  }
}

function focus(element) {
  if (!element) return;
  const before = element.closest(".hex, .fields").querySelector("b[tabindex='0'], .r[tabindex='0']");
  if (before) before.tabIndex = -1;
  element.tabIndex = 0;
  element.focus({preventScroll: true});
  (element.closest(".l") || element).scrollIntoView({block: "nearest"});
}

const buffers = Array.from(document.querySelectorAll(".buffer"), section => new Buffer(section));

function show(buffer) {
  for (const {section} of buffers) {
    section.hidden = section !== buffer.section;
    const tab = document.getElementById(`tab-${section.id}`);
    if (tab) tab.setAttribute("aria-selected", String(!section.hidden));
  }
}

function followAddress() {
  const [, address, kind, number] = /^#(\w+:)?(byte|field)=(0x[0-9a-f]+|\d+)$/i.exec(location.hash) || [];
  const named = buffers.find(({section}) => location.hash === `#${section.id}`);
  const meant = named || (kind && buffers.find(buffer => buffer.address === (address || "")));
  if (meant) show(meant);
  pinned = meant && kind ? meant.find(kind, Number(number)) : null;
  for (const buffer of buffers) buffer.mark("pin", buffer === meant ? pinned : null);
  if (pinned) {
    meant.showBytes(pinned);
    meant.showRows(pinned);
  }
}

document.addEventListener("keydown", event => {
  if (event.key === "Escape") location.hash = "";
});
for (const buffer of buffers) buffer.listen();
addEventListener("hashchange", followAddress);
followAddress();
