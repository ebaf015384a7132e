"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const groups = data.groups;
  // Numbers of outcomes: each different row once, unpacked when it is looked at.
  function unpacked(cells) {
    const rows = new Map();
    return (source, target) => {
      const number = cells.order[source];
      if (!rows.has(number)) {
        const bytes = Uint8Array.from(atob(cells.rows[number]), (letter) => letter.charCodeAt(0));
        rows.set(number, cells.width === 2 ? new Uint16Array(bytes.buffer) : new Uint32Array(bytes.buffer));
      }
      return rows.get(number)[target];
    };
  }
  data.at = unpacked(data.cells);
  if (data.before) data.before.at = unpacked(data.before.cells);
  const before = data.before || null;
  const SYMBOLS = { all: "●", some: "◐", none: "✕", depends: "?", "no ports": "·" };
  const WORDS = {
    all: "all declared ports are allowed", some: "some of the declared ports are allowed",
    none: "no declared port is allowed", depends: "it depends on what is not known",
    "no ports": "the target declares no port",
  };
  // Few apps get large cells, many small ones.
  const CELL = groups.length <= 12 ? 46 : groups.length <= 40 ? 34 : groups.length <= 150 ? 28 : 22;
  document.documentElement.style.setProperty("--cell", `${CELL}px`);
  const byId = (id) => document.getElementById(id);
  const css = (summary) => summary.replace(" ", "-");

  // An element with a class and text; text is never read as markup.
  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /* What is shown: groups and, of opened groups, members. */
  const open = new Set();
  let lines = { rows: [], columns: [] };
  let chosen = null;

  function words(group) {
    const parts = [group.name, group.title, group.kind, group.network];
    for (const member of group.members) {
      parts.push(member.id);
      for (const [key, value] of Object.entries(member.labels)) parts.push(`${key}=${value}`);
    }
    return parts.join("\n").toLowerCase();
  }
  const searchable = groups.map(words);
  const memberWords = new Map();
  function wordsOfMember(number, index) {
    const key = `${number}:${index}`;
    if (!memberWords.has(key)) {
      const member = groups[number].members[index];
      memberWords.set(key, words({ ...groups[number], name: member.id, title: "", members: [member] }));
    }
    return memberWords.get(key);
  }

  function outcomeOf(answers, source, target) {
    return answers.outcomes[answers.at(source, target)];
  }
  // A protocol without ports has its name alone.
  function portKey(port) { return port.port === null ? port.protocol : `${port.protocol} ${port.port}`; }
  // The ports of an outcome that a member declares; all of them for a whole group.
  function portsOf(outcome, line) {
    if (line.member === undefined) return outcome.ports;
    const members = groups[line.group].members;
    const own = new Set(members[line.member].ports.map(portKey));
    // What is asked of every app is declared by none of them.
    const declared = new Set(members.flatMap((member) => member.ports.map(portKey)));
    return outcome.ports.filter((port) => own.has(portKey(port)) || !declared.has(portKey(port)));
  }
  function summaryOf(ports) {
    if (ports.length === 0) return "no ports";
    const verdicts = new Set(ports.map((port) => port.verdict));
    if (verdicts.has("depends")) return "depends";
    if (verdicts.size > 1) return "some";
    return verdicts.has("allow") ? "all" : "none";
  }
  function isChanged(source, target) {
    if (!before) return false;
    const now = outcomeOf(data, source, target).ports;
    const then = outcomeOf(before, source, target).ports;
    return now.some((port, index) => port.verdict !== then[index].verdict);
  }
  const changedRows = new Set();
  const changedColumns = new Set();
  for (const change of data.changes || []) { changedRows.add(change.from); changedColumns.add(change.to); }

  function collect(query, changedOnly, changed) {
    const wanted = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (text) => wanted.every((word) => text.includes(word));
    const found = [];
    groups.forEach((group, number) => {
      if (changedOnly && !changed.has(number)) return;
      if (!fits(searchable[number])) return;
      found.push({ group: number });
      if (!open.has(number)) return;
      group.members.forEach((member, index) => {
        if (fits(wordsOfMember(number, index))) found.push({ group: number, member: index });
      });
    });
    return found;
  }

  const viewport = byId("viewport");
  let left = 200, top = 120;

  function nameOf(line) {
    const group = groups[line.group];
    return line.member === undefined ? group.title : group.members[line.member].id;
  }
  function update() {
    const changedOnly = byId("only-changes").checked;
    lines = {
      rows: collect(byId("find-source").value, changedOnly, changedRows),
      columns: collect(byId("find-target").value, changedOnly, changedColumns),
    };
    const none = lines.rows.length === 0 || lines.columns.length === 0;
    byId("nothing").hidden = !none;
    viewport.hidden = none;
    const longest = (some) => some.reduce((most, line) => Math.max(most, nameOf(line).length), 8);
    left = Math.min(340, Math.max(120, 44 + longest(lines.rows) * 7.4));
    top = Math.min(240, Math.max(90, 30 + longest(lines.columns) * 5.7));
    const space = byId("space");
    // Slanted names reach beyond the last column.
    space.style.width = `${left + lines.columns.length * CELL + top}px`;
    space.style.height = `${top + lines.rows.length * CELL + 12}px`;
    draw();
  }

  // Only what can be seen has elements, so that a thousand rows and columns stay quick.
  function draw() {
    const x = viewport.scrollLeft, y = viewport.scrollTop;
    const width = viewport.clientWidth, height = viewport.clientHeight;
    const firstRow = Math.max(0, Math.floor(y / CELL) - 1);
    const lastRow = Math.min(lines.rows.length, Math.ceil((y + height - top) / CELL) + 1);
    const firstColumn = Math.max(0, Math.floor((x - top) / CELL) - 1);
    const lastColumn = Math.min(lines.columns.length, Math.ceil((x + width - left) / CELL) + 1);
    const corner = byId("corner"), columns = byId("columns"), rows = byId("rows"), cells = byId("cells");
    Object.assign(corner.style, { transform: `translate(${x}px, ${y}px)`, width: `${left}px`, height: `${top}px` });
    Object.assign(columns.style, { left: `${x + left}px`, top: `${y}px`, width: `${Math.max(0, width - left)}px`, height: `${top}px` });
    Object.assign(rows.style, { left: `${x}px`, top: `${y + top}px`, width: `${left}px`, height: `${Math.max(0, height - top)}px` });

    const columnNames = [];
    for (let index = firstColumn; index < lastColumn; index++) {
      const name = nameButton(lines.columns[index], "column", index);
      name.style.left = `${index * CELL - x + CELL / 2 + 4}px`;
      name.style.bottom = "4px";
      name.style.width = `${(top - 12) / Math.sin(48 * Math.PI / 180)}px`;
      columnNames.push(name);
    }
    columns.replaceChildren(...columnNames);
    const rowNames = [];
    for (let index = firstRow; index < lastRow; index++) {
      const name = nameButton(lines.rows[index], "row", index);
      name.style.top = `${index * CELL - y}px`;
      name.style.width = `${left}px`;
      rowNames.push(name);
    }
    rows.replaceChildren(...rowNames);
    const changedOnly = byId("only-changes").checked;
    const drawn = [];
    for (let row = firstRow; row < lastRow; row++) {
      for (let column = firstColumn; column < lastColumn; column++) {
        drawn.push(cellButton(row, column, changedOnly));
      }
    }
    cells.replaceChildren(...drawn);
  }

  function nameButton(line, kind, index) {
    const group = groups[line.group];
    const button = make("button", `${kind}-name${line.member === undefined ? "" : " member"}`);
    button.type = "button";
    const many = line.member === undefined && group.members.length > 1;
    if (line.member === undefined) button.append(make("span", "twist", many ? (open.has(line.group) ? "▾" : "▸") : ""));
    button.append(nameOf(line));
    button.title = many ? `${group.members.length} apps that no policy tells apart; open or close` : nameOf(line);
    if (chosen && chosen[kind] === index) button.classList.add("lit");
    button.addEventListener("click", () => {
      if (many) {
        if (open.has(line.group)) open.delete(line.group); else open.add(line.group);
        chosen = null;
        update();
        writeAddress();
      }
      showGroup(line.group);
    });
    return button;
  }

  function cellButton(row, column, changedOnly) {
    const source = lines.rows[row], target = lines.columns[column];
    const summary = summaryOf(portsOf(outcomeOf(data, source.group, target.group), target));
    const changed = isChanged(source.group, target.group);
    const button = make("button", `cell ${css(summary)}`, SYMBOLS[summary]);
    button.type = "button";
    button.dataset.from = nameOf(source);
    button.dataset.to = nameOf(target);
    button.dataset.summary = summary;
    button.style.left = `${left + column * CELL}px`;
    button.style.top = `${top + row * CELL}px`;
    button.title = `${nameOf(source)} → ${nameOf(target)}: ${WORDS[summary]}`;
    button.setAttribute("aria-label", button.title);
    if (changed) { button.classList.add("changed"); button.dataset.changed = "true"; }
    if (changedOnly && !changed) button.classList.add("faded");
    if (chosen && chosen.row === row && chosen.column === column) button.classList.add("chosen");
    button.addEventListener("click", () => {
      chosen = { row, column };
      showCell(source, target);
      draw();
      writeAddress();
    });
    return button;
  }

  /* The panel at the side. */
  const details = byId("details");
  let shown = null;
  function clearPane() {
    shown = null;
    details.replaceChildren(make("p", "hint", "Choose a cell, an arrow or a name to see what decides."));
  }
  function showCell(source, target) {
    const ports = portsOf(outcomeOf(data, source.group, target.group), target);
    const old = before ? portsOf(outcomeOf(before, source.group, target.group), target) : null;
    const title = make("h2");
    title.append(nameOf(source), make("span", "arrow", " → "), nameOf(target));
    details.replaceChildren(title, make("p", "sub", WORDS[summaryOf(ports)]));
    // Ports with one answer for one reason are told once.
    const folded = new Map();
    ports.forEach((port, index) => {
      const was = old && old[index].verdict !== port.verdict ? old[index] : null;
      const key = JSON.stringify([port.protocol, port.verdict, port.cases, port.assumes, was && [was.verdict, was.cases]]);
      if (!folded.has(key)) folded.set(key, { port, was, numbers: [] });
      folded.get(key).numbers.push(port.port);
    });
    for (const { port, was, numbers } of folded.values()) details.append(portBox(port, was, numbers, source, target));
    shown = { source, target };
  }
  function portNames(protocol, numbers) {
    if (numbers[0] === null) return protocol;
    return numbers.length === 1 ? `${protocol} port ${numbers[0]}` : `${protocol} ports ${numbers.join(", ")}`;
  }
  function portBox(port, old, numbers, source, target) {
    const box = make("div", "port");
    const head = make("h3", "", portNames(port.protocol, numbers));
    head.append(badge(port.verdict));
    if (old) head.append(make("span", "was", `was ${old.verdict}`));
    box.append(head);
    for (const one of port.cases) box.append(caseBox(one, port, data, source, target));
    for (const text of port.assumes ?? []) box.append(make("p", "sub", text));
    if (old) {
      const more = make("details");
      more.append(make("summary", "", "what decided before"));
      for (const one of old.cases) more.append(caseBox(one, old, before, source, target));
      box.append(more);
    }
    return box;
  }
  function badge(verdict) {
    const style = { allow: "all", deny: "none", depends: "depends" }[verdict];
    return make("span", `badge ${style}`, verdict);
  }
  function caseBox(one, port, answers, source, target) {
    const box = make("div", "case");
    if (port.verdict === "depends") {
      const head = make("div");
      head.append(badge(one.verdict), make("span", "when", one.when ? ` when ${one.when}` : ""));
      box.append(head);
    }
    const list = make("ol", "trace");
    for (const number of one.traces) {
      for (const step of answers.traces[number]) list.append(stepItem(data.steps[step], source, target));
    }
    box.append(list);
    return box;
  }
  function stepItem(step, source, target) {
    const item = make("li", step.action);
    const side = step.direction === "egress" ? `out of ${nameOf(source)}` : `into ${nameOf(target)}`;
    const who = make("span", "who", `${side}: ${step.action}`);
    if (step.policy) who.append(" by ", make("span", "policy", step.policy));
    const [why, change] = step.why.split("; to let it through");
    item.append(who, why);
    if (change) item.append(make("span", "change", `to let it through${change}`));
    return item;
  }
  function showGroup(number) {
    const group = groups[number];
    shown = { source: { group: number }, target: { group: number } };
    const title = make("h2", "", group.title);
    const where = group.kind === "calico" ? `on the Calico network ${group.network}`
      : group.kind === "overlay" ? `on the overlay network ${group.network}: labels do not find it`
      : `${group.kind}: not on Calico, so that labels do not find it`;
    details.replaceChildren(title, make("p", "sub", where));
    const list = make("ul", "members");
    for (const member of group.members) {
      const ports = member.ports.map((port) => port.port === null ? `${port.protocol} assigned at launch` : portKey(port));
      list.append(make("li", "", `${member.id}${ports.length ? ` (${ports.join(", ")})` : ""}`));
    }
    details.append(make("h3", "", group.members.length > 1 ? `${group.members.length} apps that no policy tells apart` : "App"), list);
    const common = Object.entries(group.members[0].labels)
      .filter(([key, value]) => group.members.every((member) => member.labels[key] === value));
    const labels = common;
    if (labels.length) {
      details.append(make("h3", "", group.members.length > 1 ? "Labels of all of them" : "Labels"));
      const found = make("dl");
      for (const [key, value] of labels) found.append(make("dt", "", key), make("dd", "", value === "" ? "“”" : value));
      details.append(found);
    }
  }

  /* The list: from whom, and to whom that leads. */
  const MOST_LISTED = 200;
  function drawList() {
    const list = byId("list");
    const changedOnly = byId("only-changes").checked;
    const sources = collect(byId("find-source").value, changedOnly, changedRows).filter((line) => line.member === undefined);
    const targets = collect(byId("find-target").value, changedOnly, changedColumns).filter((line) => line.member === undefined);
    list.replaceChildren(...sources.slice(0, MOST_LISTED).map((source) => {
      const item = make("li");
      const box = make("details");
      box.append(make("summary", "", `from ${nameOf(source)}`));
      box.addEventListener("toggle", () => {
        if (box.open && box.children.length === 1) box.append(targetList(source, targets, changedOnly));
      });
      item.append(box);
      return item;
    }));
    if (sources.length === 1) list.querySelector("details").open = true;
    byId("list-note").textContent = sources.length === 0 || targets.length === 0
      ? "No app has that in its name, network or labels."
      : sources.length > MOST_LISTED ? `The first ${MOST_LISTED} of ${sources.length}; search to see others.` : "";
  }
  function targetList(source, targets, changedOnly) {
    const list = make("ul");
    for (const target of targets) {
      const summary = outcomeOf(data, source.group, target.group).summary;
      const changed = isChanged(source.group, target.group);
      if (changedOnly && !changed) continue;
      const button = make("button");
      button.type = "button";
      button.append(make("span", `chip ${css(summary)}`, SYMBOLS[summary]), `to ${nameOf(target)}`);
      if (changed) button.append(make("span", "was", "changes"));
      button.title = WORDS[summary];
      button.addEventListener("click", () => {
        showCell(source, target);
        details.scrollIntoView({ block: "nearest" });
      });
      const item = make("li");
      item.append(button);
      list.append(item);
    }
    return list;
  }

  /* The graph: whoever is reached stands to the right of who reaches it; with many apps, folders of ids first. */
  const MANY = 60;
  const ROW = 30, GAP = 90;
  let focus = null;
  let picked = null;
  function folderOf(number) {
    const parts = groups[number].members[0].id.split("/");
    return parts.length > 2 ? `/${parts[1]}` : "/";
  }
  function graphNodes() {
    const wantedSource = new Set(collect(byId("find-source").value, false, changedRows).map((line) => line.group));
    const wantedTarget = new Set(collect(byId("find-target").value, false, changedColumns).map((line) => line.group));
    const both = groups.map((_, number) => number).filter((number) => wantedSource.has(number) || wantedTarget.has(number));
    if (focus === null && both.length <= MANY) {
      return { nodes: both.map(single), wantedSource, wantedTarget, clustered: false };
    }
    const folders = new Map();
    for (const number of both) {
      const folder = folderOf(number);
      if (!folders.has(folder)) folders.set(folder, []);
      folders.get(folder).push(number);
    }
    const nodes = [];
    for (const [folder, members] of folders) {
      if ((focus === folder && members.length <= 2 * MANY) || members.length === 1) nodes.push(...members.map(single));
      else if (folders.size === 1) nodes.push(...members.slice(0, MANY).map(single));
      else nodes.push({ name: folder, members, folder });
    }
    return { nodes: nodes.slice(0, 2 * MANY), wantedSource, wantedTarget, clustered: true };
  }
  function single(number) { return { name: groups[number].title, members: [number] }; }

  const SVG = "http://www.w3.org/2000/svg";
  function draft(tag, attributes) {
    const element = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }
  // The layer of each node: one more than that of whoever reaches it, rings of mutual reach taken as one.
  function layersOf(nodes, reaches) {
    const component = components(nodes.length, reaches);
    const count = Math.max(...component, 0) + 1;
    const below = Array.from({ length: count }, () => new Set());
    nodes.forEach((_, i) => { for (const j of reaches[i]) if (component[i] !== component[j]) below[component[i]].add(component[j]); });
    // Components are numbered from the last to the first of an order.
    const depth = new Array(count).fill(0);
    for (let number = count - 1; number >= 0; number--) for (const next of below[number]) depth[next] = Math.max(depth[next], depth[number] + 1);
    return nodes.map((_, i) => depth[component[i]]);
  }
  // Tarjan's strongly connected components, without recursion.
  function components(size, reaches) {
    const index = new Array(size).fill(-1), low = new Array(size).fill(0), component = new Array(size).fill(-1);
    const stack = [];
    let next = 0, found = 0;
    for (let root = 0; root < size; root++) {
      if (index[root] >= 0) continue;
      const work = [[root, 0]];
      while (work.length) {
        const frame = work[work.length - 1];
        const node = frame[0];
        if (frame[1] === 0) { index[node] = low[node] = next++; stack.push(node); }
        if (frame[1] < reaches[node].length) {
          const child = reaches[node][frame[1]++];
          if (index[child] < 0) work.push([child, 0]);
          else if (component[child] < 0) low[node] = Math.min(low[node], index[child]);
          continue;
        }
        work.pop();
        if (work.length) low[work[work.length - 1][0]] = Math.min(low[work[work.length - 1][0]], low[node]);
        if (low[node] === index[node]) {
          let member;
          do { member = stack.pop(); component[member] = found; } while (member !== node);
          found++;
        }
      }
    }
    return component;
  }
  function place(nodes, reaches) {
    const layer = layersOf(nodes, reaches);
    const tallest = Math.max(12, Math.ceil(Math.sqrt(nodes.length) * 2));
    const columns = [];
    for (let number = 0; number <= Math.max(...layer, 0); number++) {
      const inside = nodes.filter((_, i) => layer[i] === number);
      // A layer that is taller than a screen goes on in the next column.
      for (let from = 0; from < inside.length; from += tallest) columns.push(inside.slice(from, from + tallest));
    }
    // Each column in the order of what it is reached from, so that fewer arrows cross.
    const rank = new Map();
    columns.forEach((column, number) => {
      if (number) {
        const weight = new Map(column.map((node) => {
          const from = nodes.filter((other, i) => rank.has(other) && reaches[i].includes(nodes.indexOf(node)));
          return [node, from.length ? from.reduce((sum, other) => sum + rank.get(other), 0) / from.length : Infinity];
        }));
        column.sort((one, other) => weight.get(one) - weight.get(other) || one.name.localeCompare(other.name));
      }
      column.forEach((node, row) => rank.set(node, row / column.length));
    });
    let x = 30;
    const height = Math.max(...columns.map((column) => column.length), 1) * ROW + 60;
    for (const column of columns) {
      const top = (height - column.length * ROW) / 2 + ROW / 2;
      column.forEach((node, row) => { node.x = x; node.y = top + row * ROW; node.size = node.members.length > 1 || groups[node.members[0]].members.length > 1 ? 11 : 8; });
      x += 24 + Math.max(...column.map((node) => node.name.length)) * 7.3 + GAP;
    }
    return { width: x, height };
  }
  function drawGraph() {
    const svg = byId("graph");
    const { nodes, wantedSource, wantedTarget, clustered } = graphNodes();
    const denied = byId("show-denied").checked;
    const found = [];
    const reaches = nodes.map(() => []);
    nodes.forEach((from, i) => nodes.forEach((to, j) => {
      if (i === j) return;
      const summary = edgeSummary(from, to, wantedSource, wantedTarget);
      if (!summary || summary === "no ports") return;
      if (summary !== "none") reaches[i].push(j);
      if (summary !== "none" || denied) found.push([from, to, summary]);
    }));
    const { width, height } = place(nodes, reaches);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    const parts = [draft("defs", {})];
    for (const summary of ["all", "some", "depends", "none"]) {
      const marker = draft("marker", { id: `head-${summary}`, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 6, markerHeight: 6, orient: "auto-start-reverse" });
      const head = draft("path", { d: "M0 1L10 5L0 9z" });
      head.style.fill = `var(--${summary})`;
      marker.append(head);
      parts[0].append(marker);
    }
    const edges = found.map(([from, to, summary]) => edgePath(from, to, summary));
    svg.classList.toggle("dense", edges.length > 60);
    svg.replaceChildren(...parts, ...edges, ...nodes.map((node) => nodeDisc(node)));
    highlight(picked);
    byId("graph-back").hidden = focus === null;
    byId("graph-note").textContent = (clustered ? "A circle with a number is a folder of apps; choose one to open it. " : "")
      + (edges.length > 60 ? "There are many arrows: choose an app to see its own." : "An arrow is at least one allowed port.");
  }
  function edgeSummary(from, to, wantedSource, wantedTarget) {
    const found = new Set();
    let looked = 0;
    for (const source of from.members) {
      if (!wantedSource.has(source)) continue;
      for (const target of to.members) {
        if (!wantedTarget.has(target)) continue;
        found.add(outcomeOf(data, source, target).summary);
        // Enough to know that a folder's members differ.
        if (found.has("some") || (found.has("all") && found.has("none")) || ++looked > 4000) break;
      }
    }
    found.delete("no ports");
    if (found.size === 0) return looked ? "no ports" : null;
    if (found.size === 1) return [...found][0];
    return found.has("all") || found.has("some") ? "some" : "depends";
  }
  function edgePath(from, to, summary) {
    const forward = to.x > from.x;
    const start = { x: from.x + (forward ? from.size : 0), y: from.y + (forward ? 0 : from.size) };
    const end = { x: to.x - (forward ? to.size + 4 : 0), y: to.y + (forward ? 0 : to.size + 4) };
    const reach = Math.max(40, Math.abs(end.x - start.x) / 2);
    // Backwards and within a column an arrow goes below, so that it does not run through what is between.
    const d = forward
      ? `M${start.x} ${start.y}C${start.x + reach} ${start.y} ${end.x - reach} ${end.y} ${end.x} ${end.y}`
      : `M${start.x} ${start.y}C${start.x - 30} ${start.y + 50} ${end.x - 30} ${end.y + 50} ${end.x} ${end.y}`;
    const path = draft("path", { d, class: `edge ${summary}`, "marker-end": `url(#head-${summary})` });
    path.dataset.from = from.name;
    path.dataset.to = to.name;
    const hint = draft("title", {});
    hint.textContent = `${from.name} → ${to.name}: ${WORDS[summary]}`;
    path.append(hint);
    path.addEventListener("click", () => {
      if (from.members.length === 1 && to.members.length === 1) showCell({ group: from.members[0] }, { group: to.members[0] });
      else { focus = to.members.length > 1 ? to.folder : from.folder; drawGraph(); }
    });
    return path;
  }
  function nodeDisc(node) {
    const outside = node.members.length === 1 && groups[node.members[0]].kind !== "calico";
    const disc = draft("g", { class: `node${node.folder ? " cluster" : ""}${outside ? " outside" : ""}`, transform: `translate(${node.x},${node.y})`, tabindex: 0 });
    disc.dataset.name = node.name;
    disc.append(draft("circle", { r: node.size }));
    const many = node.members.length > 1 ? node.members.length : groups[node.members[0]].members.length;
    if (many > 1) {
      const inside = draft("text", { class: "inside", "text-anchor": "middle", dy: "0.35em" });
      inside.textContent = String(many);
      disc.append(inside);
    }
    const label = draft("text", { x: node.size + 6, y: 4 });
    label.textContent = node.name;
    disc.append(label);
    const choose = () => {
      if (node.folder) { focus = node.folder; drawGraph(); return; }
      picked = picked === node.name ? null : node.name;
      highlight(picked);
      showGroup(node.members[0]);
    };
    disc.addEventListener("click", choose);
    disc.addEventListener("keydown", (event) => { if (event.key === "Enter") choose(); });
    disc.addEventListener("mouseenter", () => { if (picked === null) highlight(node.name); });
    disc.addEventListener("mouseleave", () => { if (picked === null) highlight(null); });
    return disc;
  }
  // The arrows of one app only; with none chosen all of them, faint where there are many.
  function highlight(name) {
    for (const edge of byId("graph").querySelectorAll(".edge")) {
      const near = edge.dataset.from === name || edge.dataset.to === name;
      edge.classList.toggle("far", name !== null && !near);
      edge.classList.toggle("near", name !== null && near);
    }
    for (const disc of byId("graph").querySelectorAll(".node")) disc.classList.toggle("chosen", disc.dataset.name === name);
  }

  /* Controls. */
  const VIEWS = { matrix: update, list: drawList, graph: drawGraph };
  // A phone has no room for a matrix.
  const start = window.innerWidth <= 600 ? "list" : "matrix";
  let view = start;
  function showView(name) {
    view = name;
    for (const each of Object.keys(VIEWS)) {
      byId(`${each}-view`).hidden = each !== name;
      byId(`tab-${each}`).setAttribute("aria-selected", String(each === name));
    }
    VIEWS[name]();
  }
  // What is shown stands in the address, so that it can be sent.
  function writeAddress() {
    const said = new URLSearchParams();
    if (byId("find-source").value) said.set("from", byId("find-source").value);
    if (byId("find-target").value) said.set("to", byId("find-target").value);
    for (const number of open) said.append("open", groups[number].members[0].id);
    if (view !== start) said.set(view, "");
    try { history.replaceState(null, "", `#${said.toString().replace(/=(&|$)/g, "$1")}`); } catch (error) { /* a page without an address */ }
  }
  function isVisible(line, among) {
    return among.some((other) => other.group === line.group && (line.member === undefined || other.member === line.member));
  }
  function refresh() {
    chosen = null;
    viewport.scrollTo(0, 0);
    VIEWS[view]();
    const rows = collect(byId("find-source").value, byId("only-changes").checked, changedRows);
    const columns = collect(byId("find-target").value, byId("only-changes").checked, changedColumns);
    if (shown && !(isVisible(shown.source, rows) && isVisible(shown.target, columns))) clearPane();
    writeAddress();
  }
  for (const name of Object.keys(VIEWS)) byId(`tab-${name}`).addEventListener("click", () => { showView(name); writeAddress(); });
  for (const id of ["find-source", "find-target"]) byId(id).addEventListener("input", refresh);
  byId("only-changes").addEventListener("change", refresh);
  byId("show-denied").addEventListener("change", drawGraph);
  byId("graph-back").addEventListener("click", () => { focus = null; drawGraph(); });
  viewport.addEventListener("scroll", draw);
  window.addEventListener("resize", () => VIEWS[view]());

  /* On paper: the whole matrix where it fits, and every change. */
  const MOST_PRINTED = 60;
  function printed() {
    const parts = [];
    if (groups.length <= MOST_PRINTED) {
      const table = make("table");
      const head = make("tr");
      head.append(make("th", "", "from ↓ to →"), ...groups.map((group) => make("th", "column", group.title)));
      table.append(head);
      groups.forEach((source, i) => {
        const row = make("tr");
        row.append(make("th", "", source.title));
        groups.forEach((target, j) => {
          const summary = outcomeOf(data, i, j).summary;
          row.append(make("td", `mark ${css(summary)}`, SYMBOLS[summary] + (isChanged(i, j) ? "*" : "")));
        });
        table.append(row);
      });
      parts.push(table);
    } else {
      parts.push(make("p", "", `${groups.length} groups do not fit on paper; calico-migrate policy matrix --format json has them.`));
    }
    if (data.changes) {
      parts.push(make("h2", "", data.changes.length ? "What changes (* above)" : "Nothing changes"));
      const table = make("table");
      const head = make("tr");
      head.append(...["from", "to", "port", "before", "after"].map((word) => make("th", "", word)));
      table.append(head);
      for (const change of data.changes.slice(0, 2000)) {
        for (const port of change.ports) {
          const row = make("tr");
          row.append(...[groups[change.from].title, groups[change.to].title, portNames(port.protocol, [port.port]), port.before, port.after].map((word) => make("td", "", word)));
          table.append(row);
        }
      }
      if (data.changes.length) parts.push(table);
    }
    byId("printed").replaceChildren(...parts);
  }
  window.addEventListener("beforeprint", printed);

  const legend = byId("legend");
  const used = new Set([...data.outcomes, ...(before ? before.outcomes : [])].map((outcome) => outcome.summary));
  for (const [summary, text] of Object.entries(WORDS)) {
    if (!used.has(summary)) continue;
    const item = make("li");
    item.append(make("span", `chip ${css(summary)}`, SYMBOLS[summary]), text);
    legend.append(item);
  }
  if (before) {
    byId("only-changes-label").hidden = false;
    const item = make("li");
    const chip = make("span", "chip", "");
    chip.style.boxShadow = "inset 0 0 0 2px var(--changed)";
    item.append(chip, "changes with the new policies");
    legend.append(item);
  }
  // A link may say what to show: #graph, #from=shop&to=db, #open=/shop/web.
  const wanted = new URLSearchParams(window.location.hash.slice(1));
  byId("find-source").value = wanted.get("from") || "";
  byId("find-target").value = wanted.get("to") || "";
  for (const id of wanted.getAll("open")) {
    const number = groups.findIndex((group) => group.members.some((member) => member.id === id));
    if (number >= 0) open.add(number);
  }
  byId("show-denied").checked = groups.length <= 8;
  showView(Object.keys(VIEWS).find((name) => wanted.has(name)) || start);
  printed();
  // A small matrix begins with the cell that is most worth a look: a change, else what is not allowed.
  function first(wanted) {
    for (let row = 0; row < lines.rows.length; row++) {
      for (let column = 0; column < lines.columns.length; column++) {
        if (wanted(lines.rows[row].group, lines.columns[column].group)) return { row, column };
      }
    }
    return null;
  }
  if (groups.length <= 40) {
    if (lines.rows.length === 0) update();
    const notAll = (source, target) => source !== target && !["all", "no ports"].includes(outcomeOf(data, source, target).summary);
    chosen = (before && first(isChanged)) || first(notAll);
    if (chosen) {
      showCell(lines.rows[chosen.row], lines.columns[chosen.column]);
      draw();
    }
  }
  document.documentElement.dataset.ready = "true";
})();
