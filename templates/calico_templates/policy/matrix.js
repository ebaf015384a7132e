"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const groups = data.groups;
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
    const parts = [group.name, group.kind, group.network];
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
      memberWords.set(key, words({ ...groups[number], name: member.id, members: [member] }));
    }
    return memberWords.get(key);
  }

  function outcomeOf(answers, source, target) {
    return answers.outcomes[answers.cells[source][target]];
  }
  // A protocol without ports has its name alone.
  function portKey(port) { return port.port === null ? port.protocol : `${port.protocol} ${port.port}`; }
  function portName(port) { return port.port === null ? port.protocol : `${port.protocol} port ${port.port}`; }
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
    return line.member === undefined ? group.name : group.members[line.member].id;
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
    if (many) {
      button.append(group.members[0].id, make("span", "count", ` +${group.members.length - 1}`));
    } else {
      button.append(nameOf(line));
    }
    button.title = many ? `${group.members.length} apps that no policy tells apart; open or close` : nameOf(line);
    if (chosen && chosen[kind] === index) button.classList.add("lit");
    button.addEventListener("click", () => {
      if (many) {
        if (open.has(line.group)) open.delete(line.group); else open.add(line.group);
        chosen = null;
        update();
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
    });
    return button;
  }

  /* The panel at the side. */
  const details = byId("details");
  function showCell(source, target) {
    const ports = portsOf(outcomeOf(data, source.group, target.group), target);
    const old = before ? portsOf(outcomeOf(before, source.group, target.group), target) : null;
    const title = make("h2");
    title.append(nameOf(source), make("span", "arrow", " → "), nameOf(target));
    details.replaceChildren(title, make("p", "sub", WORDS[summaryOf(ports)]));
    ports.forEach((port, index) => {
      details.append(portBox(port, old && old[index].verdict !== port.verdict ? old[index] : null, source, target));
    });
  }
  function portBox(port, old, source, target) {
    const box = make("div", "port");
    const head = make("h3", "", portName(port));
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
      for (const step of answers.traces[number]) list.append(stepItem(step, source, target));
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
    const title = make("h2", "", group.name);
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
    const labels = Object.entries(group.members[0].labels);
    if (labels.length) {
      details.append(make("h3", "", group.members.length > 1 ? `Labels of ${group.members[0].id}` : "Labels"));
      const found = make("dl");
      for (const [key, value] of labels) found.append(make("dt", "", key), make("dd", "", value === "" ? "“”" : value));
      details.append(found);
    }
  }

  /* The graph: groups on a circle; with many of them, the folders of their ids first. */
  const MANY = 36;
  let focus = null;
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
    return { nodes: nodes.slice(0, 4 * MANY), wantedSource, wantedTarget, clustered: true };
  }
  function single(number) { return { name: groups[number].name, members: [number] }; }

  const SVG = "http://www.w3.org/2000/svg";
  function draft(tag, attributes) {
    const element = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }
  function drawGraph() {
    const svg = byId("graph");
    const { nodes, wantedSource, wantedTarget, clustered } = graphNodes();
    const width = svg.clientWidth || 900, height = svg.clientHeight || 620;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const radius = Math.max(90, Math.min(width / 2 - 190, height / 2 - 70));
    const middle = { x: width / 2, y: height / 2 };
    nodes.forEach((node, index) => {
      const angle = -Math.PI / 2 + (2 * Math.PI * index) / nodes.length;
      node.x = nodes.length === 1 ? middle.x : middle.x + radius * Math.cos(angle);
      node.y = nodes.length === 1 ? middle.y : middle.y + radius * Math.sin(angle);
      node.size = clustered ? 10 + Math.min(14, 3 * Math.sqrt(node.members.length)) : node.members.length > 1 || groups[node.members[0]].members.length > 1 ? 16 : 12;
      node.angle = angle;
    });
    const parts = [draft("defs", {})];
    for (const summary of ["all", "some", "depends", "none"]) {
      const marker = draft("marker", { id: `head-${summary}`, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" });
      marker.append(draft("path", { d: "M0 1L10 5L0 9z", fill: `var(--${summary})` }));
      parts[0].append(marker);
    }
    const denied = byId("show-denied").checked;
    const edges = [];
    nodes.forEach((from, i) => nodes.forEach((to, j) => {
      if (i === j) return;
      const summary = edgeSummary(from, to, wantedSource, wantedTarget);
      if (!summary || summary === "no ports" || (summary === "none" && !denied)) return;
      edges.push(edgePath(from, to, summary));
    }));
    const discs = nodes.map((node) => nodeDisc(node));
    // With many arrows each is thin, and only those of the circle under the pointer stand out.
    svg.classList.toggle("dense", edges.length > 60);
    svg.replaceChildren(...parts, ...edges, ...discs);
    byId("graph-back").hidden = focus === null;
    byId("graph-note").textContent = clustered
      ? "Circles with a number are folders of apps; choose one to open it, or search."
      : "An arrow is at least one allowed port.";
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
    const dx = to.x - from.x, dy = to.y - from.y;
    const length = Math.hypot(dx, dy) || 1;
    const start = { x: from.x + (dx / length) * from.size, y: from.y + (dy / length) * from.size };
    const end = { x: to.x - (dx / length) * (to.size + 4), y: to.y - (dy / length) * (to.size + 4) };
    // Both directions bend to their own side.
    const bend = Math.min(46, length / 6);
    const control = { x: (from.x + to.x) / 2 - (dy / length) * bend, y: (from.y + to.y) / 2 + (dx / length) * bend };
    const path = draft("path", {
      d: `M${start.x} ${start.y}Q${control.x} ${control.y} ${end.x} ${end.y}`,
      class: `edge ${summary}`, "marker-end": `url(#head-${summary})`,
    });
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
    disc.append(draft("circle", { r: node.size }));
    const many = node.members.length > 1 ? node.members.length : groups[node.members[0]].members.length;
    if (many > 1) {
      const inside = draft("text", { class: "inside", "text-anchor": "middle", dy: "0.35em" });
      inside.textContent = String(many);
      disc.append(inside);
    }
    const right = Math.cos(node.angle) >= -0.01, level = Math.abs(Math.cos(node.angle)) < 0.3;
    const label = draft("text", {
      x: level ? 0 : right ? node.size + 7 : -node.size - 7,
      y: level ? (Math.sin(node.angle) < 0 ? -node.size - 8 : node.size + 18) : 4,
      "text-anchor": level ? "middle" : right ? "start" : "end",
    });
    const short = node.name.length > 30 ? `${node.name.slice(0, 28)}…` : node.name;
    label.textContent = short;
    disc.append(label);
    const choose = () => {
      if (node.folder) { focus = node.folder; drawGraph(); return; }
      showGroup(node.members[0]);
    };
    disc.addEventListener("click", choose);
    disc.addEventListener("keydown", (event) => { if (event.key === "Enter") choose(); });
    disc.addEventListener("mouseenter", () => highlight(node.name));
    disc.addEventListener("mouseleave", () => highlight(null));
    return disc;
  }
  function highlight(name) {
    for (const edge of byId("graph").querySelectorAll(".edge")) {
      const near = edge.dataset.from === name || edge.dataset.to === name;
      edge.classList.toggle("faded", name !== null && !near);
      edge.classList.toggle("near", name !== null && near);
    }
  }

  /* Controls. */
  function showView(graph) {
    byId("matrix-view").hidden = graph;
    byId("graph-view").hidden = !graph;
    byId("tab-matrix").setAttribute("aria-selected", String(!graph));
    byId("tab-graph").setAttribute("aria-selected", String(graph));
    if (graph) drawGraph(); else update();
  }
  function refresh() {
    chosen = null;
    viewport.scrollTo(0, 0);
    if (byId("graph-view").hidden) update(); else drawGraph();
  }
  byId("tab-matrix").addEventListener("click", () => showView(false));
  byId("tab-graph").addEventListener("click", () => showView(true));
  for (const id of ["find-source", "find-target"]) byId(id).addEventListener("input", refresh);
  byId("only-changes").addEventListener("change", refresh);
  byId("show-denied").addEventListener("change", drawGraph);
  byId("graph-back").addEventListener("click", () => { focus = null; drawGraph(); });
  viewport.addEventListener("scroll", draw);
  window.addEventListener("resize", refresh);
  function setTheme(dark) { document.documentElement.dataset.theme = dark ? "dark" : "light"; }
  const wantsDark = window.matchMedia("(prefers-color-scheme: dark)");
  setTheme(wantsDark.matches);
  wantsDark.addEventListener("change", (event) => setTheme(event.matches));
  byId("theme").addEventListener("click", () => setTheme(document.documentElement.dataset.theme !== "dark"));

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
  showView(wanted.has("graph"));
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
    const notAll = (source, target) => !["all", "no ports"].includes(outcomeOf(data, source, target).summary);
    chosen = (before && first(isChanged)) || first(notAll);
    if (chosen) {
      showCell(lines.rows[chosen.row], lines.columns[chosen.column]);
      draw();
    }
  }
  document.documentElement.dataset.ready = "true";
})();
