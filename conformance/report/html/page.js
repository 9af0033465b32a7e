"use strict";
// The panels of the page: each message's tree beside its octets. A place is {source, begin, end}, the source being the how-manyth of the message.

const make = (name, classes, words) => {
    const out = document.createElement(name);
    if (classes) out.className = classes;
    if (words !== undefined) out.textContent = words;
    return out;
};
const hex = (number, width) => number.toString(16).padStart(width, "0");
const contains = (outer, inner) => outer.source === inner.source && outer.begin <= inner.begin && inner.end <= outer.end;
const levels = ["error", "warning", "notice"];
const narrow = matchMedia("(max-width: 36rem)");

function spotOf(element) {
    const [source, begin, length] = element.dataset.spot.split(",").map(Number);
    return {source, begin, end: begin + length};
}

// The octets of one source, in rows of hexadecimal and text. A row is painted anew when what is marked in it changes.
class Octets {
    constructor(index, source, marks) {
        this.index = index;
        this.length = source.length;
        this.octets = Uint8Array.from(atob(source.octets), (c) => c.charCodeAt(0));
        // What findings point at, by 1 + level; the gravest counts where several meet. Secrets.
        this.marks = new Uint8Array(this.octets.length);
        for (const {place, level} of marks) if (place.source === index) this.marks.fill(1 + level, place.begin, place.end);
        this.hidden = new Uint8Array(this.octets.length);
        for (const [begin, length] of source.hidden) this.hidden.fill(1, begin, begin + length);
        this.title = make("h5", "", `${source.kind}, ${source.length} octet${source.length === 1 ? "" : "s"}` +
            (source.number === null ? "" : `, source ${source.number}`));
        this.body = make("div");
        this.lay();
    }
    lay() {
        this.per = narrow.matches ? 8 : 16;
        const width = Math.max(4, hex(this.octets.length, 1).length);
        this.rows = [];
        for (let at = 0; at < this.octets.length; at += this.per) {
            const row = make("div", "row");
            row.append(make("span", "at", hex(at, width)), make("span", "hex"), make("span", "text"));
            this.rows.push(row);
        }
        if (this.octets.length < this.length) {
            this.body.replaceChildren(...this.rows, make("div", "at", `… ${this.length - this.octets.length} more`));
        } else {
            this.body.replaceChildren(...this.rows);
        }
        this.rows.forEach((row, i) => this.paint(i, {}));
    }
    classOf(at, state) {
        const inside = (place) => place && place.source === this.index && place.begin <= at && at < place.end;
        return [this.marks[at] && "m-" + levels[this.marks[at] - 1], inside(state.hover) && "over", inside(state.chosen) && "chosen",
            state.cursor && state.cursor.source === this.index && state.cursor.begin === at && "here",
            this.hidden[at] && "mask"].filter(Boolean).join(" ");
    }
    paint(number, state) {
        const [, hexes, texts] = this.rows[number].children;
        const first = number * this.per, last = Math.min(first + this.per, this.octets.length);
        const left = [], right = [];
        for (let at = first; at < last;) {
            const classes = this.classOf(at, state);
            let to = at + 1;
            while (to < last && this.classOf(to, state) === classes) ++to;
            const words = [], chars = [];
            for (let i = at; i < to; ++i) {
                const octet = this.octets[i], hidden = this.hidden[i];
                words.push(hidden ? "··" : hex(octet, 2));
                chars.push(hidden ? "·" : octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : ".");
            }
            const both = to < last && classes.includes("chosen") && this.classOf(to, state).includes("chosen");
            const gap = to < last ? " " : " ".repeat(3 * (first + this.per - last));
            left.push(classes ? make("span", classes, words.join(" ")) : words.join(" "), both ? make("span", "chosen", gap) : gap);
            right.push(classes ? make("span", classes, chars.join("")) : chars.join(""));
            at = to;
        }
        hexes.replaceChildren(...left);
        texts.replaceChildren(...right);
    }
    paintPlace(place, state) {
        if (!place || place.source !== this.index) return;
        const last = Math.min(Math.floor(Math.max(place.begin, place.end - 1) / this.per), this.rows.length - 1);
        for (let i = Math.floor(place.begin / this.per); i <= last; ++i) this.paint(i, state);
    }
    // The octet under a point of the screen; undefined where there is none.
    under(event) {
        const row = event.target.closest(".row");
        const number = row ? this.rows.indexOf(row) : -1;
        const cell = event.target.closest(".hex, .text");
        if (number < 0 || !cell) return undefined;
        const box = cell.getBoundingClientRect();
        const column = Math.floor((event.clientX - box.left) / box.width * (cell.className === "hex" ? (3 * this.per - 1) / 3 : cell.textContent.length));
        const at = number * this.per + Math.min(column, this.per - 1);
        return at >= 0 && at < this.octets.length ? at : undefined;
    }
}

class Panel {
    constructor(details) {
        this.key = details.dataset.key;
        this.details = details;
        this.nodes = [];
        const data = JSON.parse(document.getElementById("data-" + this.key).textContent);
        const marks = [...document.querySelectorAll(`.findings li[data-message="${this.key}"]`)].map((entry) =>
            ({place: spotOf(entry), level: levels.findIndex((level) => entry.classList.contains(level))}));
        marks.sort((a, b) => b.level - a.level);
        this.marked = new Map(marks.map(({place, level}) => [`${place.source},${place.begin},${place.end}`, level]));
        this.sources = data.sources.map((source, i) => new Octets(i, source, marks));
        this.state = {};
        this.tree = make("div", "tree");
        this.bytes = make("div", "bytes");
        this.bytes.tabIndex = 0;
        this.bytes.setAttribute("role", "application");
        this.bytes.setAttribute("aria-label", "Octets; the arrow keys move, Enter goes to the tree");
        this.status = make("p", "status");
        this.status.setAttribute("role", "status");
        for (const source of this.sources) this.bytes.append(source.title, source.body);
        const panel = details.querySelector(".panel");
        panel.replaceChildren(this.bytes, this.status);
        if (data.nodes.length > 0) {
            const count = (nodes) => nodes.reduce((sum, node) => sum + 1 + count(node[10]), 0);
            this.large = count(data.nodes) > 800;
            const list = this.list(data.nodes, data.sources, null, 0);
            list.setAttribute("role", "tree");
            list.setAttribute("aria-label", "Structure");
            this.tree.append(list);
            panel.prepend(this.tree);
            this.nodes[0].item.tabIndex = 0;
            this.listenToTree();
        } else {
            panel.classList.add("bare");
        }
        this.listenToBytes();
    }

    list(nodes, sources, parent, depth) {
        const out = make("ul");
        for (const fields of nodes) out.append(this.item(fields, sources, parent, depth));
        return out;
    }
    item([source, offset, length, header, tag, label, value, note, wrong, layer, children], sources, parent, depth) {
        const item = make("li"), line = make("div", "line");
        const node = {item, line, parent, source, begin: offset, end: offset + length, header, name: label || tag || "octets", tag, value};
        this.nodes.push(node);
        item.node = node;
        item.tabIndex = -1;
        item.setAttribute("role", "treeitem");
        item.setAttribute("aria-selected", "false");
        line.append(make("span", "name", node.name));
        if (label && tag) line.append(make("span", "type", tag));
        if (value) line.append(make("span", "value", value));
        if (note) line.append(make("span", "note", note));
        if (wrong) line.append(make("span", "wrong", wrong));
        const level = this.marked.get(`${source},${offset},${offset + length}`);
        if (level !== undefined) line.classList.add("m-" + levels[level]);
        if (layer) {
            item.classList.add("layer");
            const {kind, number} = sources[source];
            item.append(make("div", "layer-name", number === null ? kind : `${kind}, source ${number}`));
        }
        item.append(line);
        if (children.length > 0) {
            item.setAttribute("aria-expanded", String(!this.large || depth < 4));
            const inner = this.list(children, sources, node, depth + 1);
            inner.setAttribute("role", "group");
            item.append(inner);
        }
        return item;
    }

    // Paints what was marked before and what is now.
    mark(change) {
        const before = this.state;
        this.state = {...before, ...change};
        for (const source of this.sources) {
            for (const state of [before, this.state]) {
                for (const name of Object.keys(change)) source.paintPlace(state[name], this.state);
            }
        }
    }
    // The smallest node around a place. Of an octet, that is where its field stands.
    nodeAt(place) {
        let best = null;
        for (const node of this.nodes) {
            if (contains(node, place) && (!best || node.end - node.begin <= best.end - best.begin)) best = node;
        }
        return best;
    }
    hover(place, node) {
        if (this.hovered) this.hovered.line.classList.remove("hover");
        this.hovered = node;
        if (node) node.line.classList.add("hover");
        this.mark({hover: place});
    }
    choose(place, node, cursor) {
        if (this.chosenNode) {
            this.chosenNode.item.setAttribute("aria-selected", "false");
        }
        if (node) {
            for (let up = node.parent; up; up = up.parent) up.item.setAttribute("aria-expanded", "true");
            this.nodes.forEach((other) => { other.item.tabIndex = -1; });
            node.item.tabIndex = 0;
            node.item.setAttribute("aria-selected", "true");
        }
        this.chosenNode = node;
        this.mark({chosen: place, cursor: {source: place.source, begin: cursor, end: cursor + 1}});
        const path = [];
        for (let up = node; up; up = up.parent) path.unshift(up.name);
        const octets = place.end - place.begin;
        this.status.textContent = `${octets} octet${octets === 1 ? "" : "s"} at ${place.begin}` + (path.length ? " · " + path.join(" › ") : "");
    }
    // Inside of the panes only: the page stays where it is.
    show(place, node) {
        const inside = (pane, element) => {
            if (!element) return;
            const box = element.getBoundingClientRect(), frame = pane.getBoundingClientRect();
            if (box.top < frame.top + 20 || box.bottom > frame.bottom - 20) pane.scrollTop += box.top - frame.top - pane.clientHeight / 3;
            if (box.left > frame.right - 80 || box.left < frame.left) pane.scrollLeft += box.left - frame.left - 40;
        };
        inside(this.bytes, this.row(place));
        if (node) inside(this.tree, node.line);
    }
    row(place) {
        const source = this.sources[place.source];
        return source.rows[Math.min(Math.floor(place.begin / source.per), source.rows.length - 1)];
    }
    chooseNode(node) {
        this.choose(node, node, node.begin);
        this.show(node, node);
    }
    // What a finding points at: exactly those octets, under the keyboard.
    land(place) {
        const node = this.nodeAt(place);
        this.choose(place, node, place.begin);
        this.bytes.focus({preventScroll: true});
        this.show(place, node);
        const target = this.row(place) || this.bytes;
        target.scrollIntoView({block: "center", inline: "nearest"});
    }

    listenToTree() {
        const nodeOf = (event) => { const line = event.target.closest(".line"); return line && line.parentNode.node; };
        this.tree.addEventListener("mouseover", (event) => { const node = nodeOf(event); this.hover(node || undefined, node); });
        this.tree.addEventListener("mouseleave", () => this.hover(undefined, null));
        this.tree.addEventListener("click", (event) => {
            const node = nodeOf(event);
            if (!node) return;
            const folds = node.item.hasAttribute("aria-expanded") && event.clientX < node.line.getBoundingClientRect().left + 18;
            if (folds) this.fold(node, node.item.getAttribute("aria-expanded") === "true");
            this.chooseNode(node);
            node.item.focus({preventScroll: true});
        });
        this.tree.addEventListener("keydown", (event) => this.treeKey(event));
    }
    fold(node, shut) { node.item.setAttribute("aria-expanded", String(!shut)); }
    treeKey(event) {
        const node = event.target.node;
        if (!node || event.altKey || event.ctrlKey || event.metaKey) return;
        const visible = () => this.nodes.filter((other) => other.line.offsetParent !== null);
        const step = (by) => { const list = visible(); return list[list.indexOf(node) + by]; };
        const folded = node.item.getAttribute("aria-expanded");
        let to = null;
        switch (event.key) {
        case "ArrowDown": to = step(1); break;
        case "ArrowUp": to = step(-1); break;
        case "Home": to = this.nodes[0]; break;
        case "End": to = visible().at(-1); break;
        case "ArrowRight":
            if (folded === "false") this.fold(node, false);
            else if (folded === "true") to = step(1);
            break;
        case "ArrowLeft":
            if (folded === "true") this.fold(node, true);
            else to = node.parent;
            break;
        case "Enter": case " ": this.chooseNode(node); this.bytes.focus({preventScroll: true}); break;
        default: return;
        }
        event.preventDefault();
        if (to) {
            this.chooseNode(to);
            to.item.focus({preventScroll: true});
        }
    }

    listenToBytes() {
        const octetOf = (event) => {
            for (const source of this.sources) {
                const at = source.body.contains(event.target) ? source.under(event) : undefined;
                if (at !== undefined) return {source: source.index, begin: at, end: at + 1};
            }
            return undefined;
        };
        this.bytes.addEventListener("mousemove", (event) => {
            const octet = octetOf(event);
            const node = octet ? this.nodeAt(octet) : null;
            if (node !== this.hovered || !node) this.hover(node || octet, node);
        });
        this.bytes.addEventListener("mouseleave", () => this.hover(undefined, null));
        this.bytes.addEventListener("click", (event) => { const octet = octetOf(event); if (octet) this.chooseOctet(octet); });
        this.bytes.addEventListener("keydown", (event) => this.bytesKey(event));
    }
    chooseOctet(octet) {
        const node = this.nodeAt(octet);
        this.choose(node || octet, node, octet.begin);
        this.show(octet, node);
    }
    bytesKey(event) {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const cursor = this.state.cursor || {source: 0, begin: 0};
        const source = this.sources[cursor.source], per = source.per;
        const moves = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -per, ArrowDown: per, PageUp: -16 * per, PageDown: 16 * per,
            Home: -cursor.begin, End: source.octets.length - 1 - cursor.begin};
        if (event.key === "Enter") {
            if (this.chosenNode) this.chosenNode.item.focus({preventScroll: true});
        } else if (event.key in moves) {
            let to = this.state.cursor ? cursor.begin + moves[event.key] : 0, index = cursor.source;
            // Over the edge lies the next source.
            if (to >= source.octets.length && index + 1 < this.sources.length && event.key !== "End") { ++index; to = 0; }
            else if (to < 0 && index > 0 && event.key !== "Home") { --index; to = this.sources[index].octets.length - 1; }
            to = Math.max(0, Math.min(to, this.sources[index].octets.length - 1));
            this.chooseOctet({source: index, begin: to, end: to + 1});
        } else {
            return;
        }
        event.preventDefault();
    }
}

const panels = new Map();
function panelOf(key) {
    const details = document.querySelector(`details[data-key="${key}"]`);
    if (!panels.has(key)) panels.set(key, new Panel(details));
    details.open = true;
    return panels.get(key);
}
for (const details of document.querySelectorAll("details[data-key]")) {
    details.addEventListener("toggle", () => { if (details.open) panelOf(details.dataset.key); });
}
narrow.addEventListener("change", () => {
    for (const panel of panels.values()) {
        for (const source of panel.sources) source.lay();
        panel.mark({chosen: panel.state.chosen, cursor: panel.state.cursor});
    }
});

// The address names a finding (#f12), what it was compared with (#f12-1), or a rule.
function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    document.querySelectorAll(".now").forEach((entry) => entry.classList.remove("now"));
    if (!target) return;
    const folded = target.closest("details.family");
    if (folded) {
        folded.open = true;
        target.scrollIntoView({block: "center"});
    }
    if (target.dataset.spot) {
        (target.closest("li") || target).classList.add("now");
        panelOf(target.dataset.message).land(spotOf(target));
    }
}
addEventListener("hashchange", follow);
document.addEventListener("click", (event) => {
    const anchor = event.target.closest('a[href^="#"]');
    if (anchor && anchor.getAttribute("href") === location.hash) {
        event.preventDefault();
        follow();
    }
});
// After the browser went there by itself, and took the focus along.
if (location.hash) addEventListener("load", () => setTimeout(follow));
