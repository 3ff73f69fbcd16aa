"""The program that reads a page inside Playwright's isolated world, where page scripts cannot reach it.

It knows elements by the refs that `aria_snapshot(mode="ai")` left on them in that world (`_ariaRef`), and gives
clickable words inside running text, which the snapshot takes for mere text, refs of its own (`w1`). Named form
controls shadow the properties of their form and document, so properties are read through the prototypes.
"""

from __future__ import annotations

READ = r"""
(() => {
  if (globalThis.__harmonyguard) return;
  const getter = (type, name) => {
    const get = Object.getOwnPropertyDescriptor(type.prototype, name).get;
    return (object) => get.call(object);
  };
  const formControls = getter(HTMLFormElement, 'elements');
  const textOf = getter(Node, 'textContent');
  const parentOf = getter(Node, 'parentNode');
  const baseOf = getter(Node, 'baseURI');
  const shadowOf = getter(Element, 'shadowRoot');
  const tagOf = getter(Element, 'localName');
  const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);
  const matches = (element, selector) => Element.prototype.matches.call(element, selector);
  const closest = (element, selector) => Element.prototype.closest.call(element, selector);
  const clean = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const innerOf = getter(HTMLElement, 'innerText');
  const shownText = (element) => clean(element instanceof HTMLElement ? innerOf(element) : textOf(element));
  const absolute = (address) => {
    try { return new URL(address, baseOf(document)).href; } catch { return address; }
  };
  const wordRefs = new WeakMap();
  let wordCount = 0;
  const refOf = (element) => {
    const ref = element._ariaRef || wordRefs.get(element);
    return ref && typeof ref.ref === 'string' ? ref : null;
  };
  const giveWordRef = (element) => {
    const wanted = window === top && !refOf(element) && element instanceof HTMLElement && !element.firstElementChild &&
      element.firstChild && clickable(element) && visible(element);
    if (wanted) wordRefs.set(element, { ref: `w${++wordCount}`, role: 'generic', name: '' });
  };

  function* elementsOf(root) {
    const all = root instanceof Document
      ? Document.prototype.querySelectorAll.call(root, '*')
      : DocumentFragment.prototype.querySelectorAll.call(root, '*');
    for (const element of all) {
      yield element;
      const shadow = shadowOf(element);
      if (shadow) yield* elementsOf(shadow);
    }
  }

  const find = (ref) => {
    for (const element of elementsOf(document)) {
      const known = refOf(element);
      if (known && known.ref === ref) return element;
    }
    return null;
  };

  const above = (element) => {
    const parent = parentOf(element);
    return parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
  };

  const formIds = new WeakMap();
  let formCount = 0;
  const formId = (form) => {
    if (!formIds.has(form)) formIds.set(form, `form${++formCount}`);
    return formIds.get(form);
  };

  const OWNERS = 'a[href],area[href],button,input,select,textarea,summary';
  const isControl = (element) =>
    element instanceof HTMLButtonElement || element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;
  const activated = (element) => closest(element, OWNERS) || element;
  const formOf = (element) => {
    const owner = activated(element);
    if (isControl(owner)) return owner.form;
    return element instanceof HTMLFormElement ? element : null;
  };
  const isSubmit = (element) =>
    (element instanceof HTMLButtonElement && element.type === 'submit') ||
    (element instanceof HTMLInputElement && ['submit', 'image'].includes(element.type));

  const documentUrl = () => getter(Document, 'URL')(document);
  const sendsTo = (form, button) => {
    const own = button ? attribute(button, 'formaction') : null;
    const address = own || attribute(form, 'action');
    const method = (button && attribute(button, 'formmethod')) || attribute(form, 'method') || 'get';
    return { url: address ? absolute(address) : documentUrl(), method: method.toLowerCase() };
  };
  const defaultButton = (form) => Array.from(formControls(form)).find(isSubmit) || null;

  const destination = (element) => {
    const owner = activated(element);
    if (isSubmit(owner) && owner.form) return sendsTo(owner.form, owner);
    const tag = tagOf(owner);
    if (tag === 'a' || tag === 'area') {
      const address = attribute(owner, 'href') ?? attribute(owner, 'xlink:href');
      if (address !== null) return { url: absolute(address), method: null };
    }
    return { url: null, method: null };
  };

  const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  // The words that stand beside a field that nothing in the page's code labels: before it, or behind a box to tick.
  const LABEL_LENGTH = 60;
  const CONTROLS = 'input,select,textarea,button';
  const beside = (control) => {
    const behind = control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type);
    const sibling = getter(Node, behind ? 'nextSibling' : 'previousSibling');
    let node = control;
    for (let level = 0; level < 3 && node && node !== document.body; level += 1) {
      for (let next = sibling(node); next; next = sibling(next)) {
        const element = next instanceof Element ? next : null;
        if (element && (matches(element, CONTROLS) || element.querySelector(CONTROLS))) return '';
        if (!element && !(next instanceof Text)) continue;
        const words = element && !visible(element) ? '' : clean(textOf(next));
        if (words) return words.length <= LABEL_LENGTH ? words : '';
      }
      node = above(node);
    }
    return '';
  };
  const labelOf = (control) => {
    const known = refOf(control);
    const labels = Array.from(control.labels || []).map((label) => textOf(label)).join(' ');
    return clean((known && known.name) || attribute(control, 'aria-label') || labels ||
      attribute(control, 'placeholder') || attribute(control, 'title') || beside(control) ||
      attribute(control, 'name')).slice(0, 200);
  };
  const groupLabelOf = (radio) => {
    const group = closest(radio, 'fieldset,[role=radiogroup]');
    const legend = group && group.querySelector('legend');
    return clean((group && attribute(group, 'aria-label')) || (legend && textOf(legend)) ||
      attribute(radio, 'name')).slice(0, 200);
  };
  // An option without a value ("Choose a status") stands for no choice (HTML, placeholder label option).
  const chosen = (select) => Array.from(select.selectedOptions)
    .filter((option) => option.value !== '').map((option) => clean(option.label)).join(', ');
  const valueOf = (control) => {
    if (control instanceof HTMLSelectElement) return chosen(control);
    if (control instanceof HTMLInputElement && control.type === 'file')
      return Array.from(control.files || []).map((file) => file.name).join(', ');
    return control.value;
  };

  const readForm = (form) => {
    const fields = [];
    const sent = [];
    const radios = new Map();
    for (const control of formControls(form)) {
      if (!isControl(control)) continue;
      const name = attribute(control, 'name') || '';
      if (control instanceof HTMLButtonElement || ['submit', 'image', 'reset', 'button'].includes(control.type)) {
        sent.push(['button', name, control.type, attribute(control, 'value'), attribute(control, 'formaction'),
          attribute(control, 'formmethod'), matches(control, ':disabled')]);
        continue;
      }
      if (matches(control, ':disabled')) continue;
      const checkable = ['checkbox', 'radio'].includes(control.type);
      sent.push([control.type, name, control instanceof HTMLSelectElement
        ? Array.from(control.selectedOptions).map((option) => option.value) : control.value,
        checkable && control.checked]);
      if (control.type === 'hidden') fields.push({ kind: 'hidden', label: name, value: control.value });
      else if (control.type === 'password')
        fields.push({ kind: 'secret', label: labelOf(control), value: control.value });
      else if (control.type === 'checkbox')
        fields.push({ kind: 'check', label: labelOf(control), value: control.checked ? 'checked' : 'unchecked' });
      else if (control.type === 'radio') {
        const group = name || control;
        if (!radios.has(group)) {
          radios.set(group, { kind: 'radio', label: groupLabelOf(control), value: '' });
          fields.push(radios.get(group));
        }
        if (control.checked) radios.get(group).value = labelOf(control);
      } else fields.push({ kind: 'text', label: labelOf(control), value: valueOf(control) });
    }
    const { url, method } = sendsTo(form, defaultButton(form));
    return { id: formId(form), action: url, method, fields, sent: JSON.stringify(sent) };
  };

  const REGIONS = new Set(['dialog', 'alertdialog', 'form', 'region', 'group', 'radiogroup', 'navigation', 'main',
    'complementary', 'banner', 'contentinfo', 'article', 'table', 'grid', 'row', 'tabpanel', 'menu', 'toolbar',
    'search', 'list', 'tree']);
  const BLOCKS = 'div,li,tr,article,section,dl';
  const BLOCK_LENGTH = 400;
  // One of several parts of the same making: a post, a card, a result. Its first words tell which one.
  const making = (element) => `${tagOf(element)} ${attribute(element, 'class') || attribute(element, 'id') || ''}`;
  // How many children of each making a parent has: counted once a reading, for a parent may have very many.
  let makings = new WeakMap();
  const ofOneMaking = (parent, element) => {
    if (!makings.has(parent)) {
      const counts = new Map();
      for (const child of parent.children) counts.set(making(child), (counts.get(making(child)) || 0) + 1);
      makings.set(parent, counts);
    }
    return makings.get(parent).get(making(element));
  };
  const blockName = (node, element) => {
    const parent = above(node);
    if (!parent || !matches(node, BLOCKS) || ofOneMaking(parent, node) < 2) return '';
    const words = shownText(node);
    return words.length <= BLOCK_LENGTH && words !== shownText(element) ? words.slice(0, 120) : '';
  };
  const pathOf = (element) => {
    const names = [];
    let block = '';
    for (let node = above(element); node && node !== document.body; node = above(node)) {
      const known = refOf(node);
      if (known && known.name && REGIONS.has(known.role)) names.unshift(known.name.slice(0, 120));
      // Only the innermost: the list around the posts holds the words of all of them.
      else if (!block && (block = blockName(node, element))) names.unshift(block);
    }
    return names;
  };

  const checkedOf = (element) => {
    if (element instanceof HTMLInputElement && ['checkbox', 'radio'].includes(element.type)) return element.checked;
    const state = attribute(element, 'aria-checked');
    return state === null ? null : state === 'true';
  };
  const ICON_PIXELS = 64;
  const drawn = (element) => {
    if (!(element instanceof HTMLElement) || clean(textOf(element)) || isControl(element)) return false;
    const box = element.getBoundingClientRect();
    return box.width > 4 && box.height > 4 && box.width <= ICON_PIXELS && box.height <= ICON_PIXELS &&
      /url\(/.test(getComputedStyle(element).backgroundImage + getComputedStyle(element).content);
  };
  const underlined = (element) => getComputedStyle(element).textDecorationLine.includes('underline');
  const clickable = (element) => {
    const style = getComputedStyle(element);
    if (!(element instanceof HTMLElement)) return element instanceof SVGElement && style.cursor === 'pointer';
    return attribute(element, 'onclick') !== null || attribute(element, 'tabindex') !== null ||
      element.isContentEditable || style.cursor === 'pointer' || drawn(element) || tagOf(element) === 'a' ||
      (style.display.startsWith('inline') && underlined(element) && !underlined(above(element)));
  };
  // What the page's code calls a thing that has no name: "trash" for <span class="icon trash-icon">.
  const CODE_WORDS =
    /^(icons?|btn|button|img|image|svg|glyphicon|material|fa[bsrl]?|ui|span|div|sprite|item|clickable|\d+)$/;
  const codeName = (element) => {
    const code = `${attribute(element, 'title') || ''} ${attribute(element, 'class') || ''} ${element.id}`;
    const words = code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^\p{L}\d]+/u);
    return [...new Set(words)].filter((word) => word && !CODE_WORDS.test(word)).slice(0, 4).join(' ');
  };
  const nameOf = (element, known, pressable) => {
    if (known.name) return known.name;
    if (isControl(element) && !(element instanceof HTMLButtonElement)) return beside(element);
    const words = pressable ? shownText(element) : '';
    return (words || (pressable && drawn(element) ? codeName(element) : '')).slice(0, 200);
  };

  const readElement = (element, known) => {
    const field = isControl(element) && !(element instanceof HTMLButtonElement) ? element : null;
    const form = formOf(element);
    const options = element instanceof HTMLSelectElement
      ? Array.from(element.options).slice(0, 200).map((option) => clean(option.label)) : [];
    const checked = checkedOf(element);
    const pressable = clickable(element);
    return {
      ref: known.ref, role: known.role, name: nameOf(element, known, pressable), ...destination(element), checked,
      options,
      value: field && checked === null && field.type !== 'hidden' ? valueOf(field)
        : (element instanceof HTMLElement && element.isContentEditable ? clean(textOf(element)) : null),
      disabled: (isControl(element) && matches(element, ':disabled')) || attribute(element, 'aria-disabled') === 'true',
      required: field ? !!field.required : attribute(element, 'aria-required') === 'true',
      readonly: field ? field.readOnly === true : false,
      input_type: element instanceof HTMLInputElement ? element.type : null,
      form: form ? formId(form) : null,
      path: pathOf(element),
      clickable: pressable,
      // The snapshot leaves out what holds no text, and takes words in running text for text.
      unlisted: pressable && (drawn(element) || wordRefs.has(element)) && visible(element),
    };
  };

  const described = (ids, root) => (ids || '').split(/\s+/).filter(Boolean)
    .map((id) => { const one = root.getElementById && root.getElementById(id); return one ? textOf(one) : ''; });
  const fingerprint = (element) => {
    const form = formOf(element);
    const labels = isControl(element) ? Array.from(element.labels || []).map((label) => textOf(label)) : [];
    const images = Array.from(Element.prototype.querySelectorAll.call(element, 'img')).map((i) => attribute(i, 'alt'));
    return JSON.stringify([
      clean(textOf(element)), labels, images, ...['aria-label', 'title', 'value', 'placeholder', 'role', 'type']
        .map((name) => attribute(element, name)),
      described(attribute(element, 'aria-labelledby'), element.getRootNode()),
      destination(element), form ? readForm(form) : null,
    ]);
  };

  // What an element says of itself, without what lies in it: that may change while something is dragged over it.
  const ownText = (element) => Array.from(getter(Node, 'childNodes')(element))
    .filter((node) => node instanceof Text).map((node) => clean(node.data)).join(' ');
  const surface = (element) => JSON.stringify([ownText(element),
    ...['aria-label', 'title', 'role'].map((name) => attribute(element, name)), destination(element)]);

  const ROLES = new Set(['link', 'button', 'textbox', 'searchbox', 'combobox', 'listbox', 'option', 'checkbox', 'radio',
    'switch', 'slider', 'spinbutton', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'tab', 'treeitem', 'gridcell',
    'heading', 'alert', 'status', 'dialog', 'alertdialog']);

  globalThis.__harmonyguard = {
    find, formOf, activated, destination, fingerprint, surface, isSubmit, sendsTo, clean,
    // Text of a document that has no body (XML, SVG, one still being written), else null.
    bodyless() {
      const root = getter(Document, 'documentElement')(document);
      return getter(Document, 'body')(document) ? null : clean(root ? textOf(root) : '');
    },
    // How many elements there are, counted no further than `most`.
    size(most) {
      let count = 0;
      for (const _ of elementsOf(document)) if (++count > most) break;
      this.partial = count > most;
      return count;
    },
    // The largest element with at most `most` elements around the last act, the focus or the middle of what is shown:
    // remembered for PART_ENGINE; its size, or null when there is none.
    part(most, acted) {
      const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
      const focus = getter(Document, 'activeElement')(document);
      const body = getter(Document, 'body')(document);
      const root = getter(Document, 'documentElement')(document);
      const start = [acted && find(acted), focus, middle].find((one) => one && one !== body && one !== root) ||
        (body && body.firstElementChild);
      if (!start) return null;
      const sizeOf = (element) => Element.prototype.querySelectorAll.call(element, '*').length + 1;
      let chosen = start;
      while (chosen.getRootNode() instanceof ShadowRoot) chosen = chosen.getRootNode().host;
      for (let next = above(chosen); next && next !== root && sizeOf(next) <= most; next = above(next)) chosen = next;
      this.chosen = chosen;
      return sizeOf(chosen);
    },
    // The element with the focus, through shadow roots: its ref, or null.
    focused() {
      let element = getter(Document, 'activeElement')(document);
      for (let root = element && shadowOf(element); root; root = shadowOf(element)) {
        const inner = getter(ShadowRoot, 'activeElement')(root);
        if (!inner) break;
        element = inner;
      }
      const known = element && refOf(element);
      return known ? known.ref : null;
    },
    read(targets) {
      const elements = [];
      const forms = [];
      const fingerprints = {};
      makings = new WeakMap();
      for (const element of elementsOf(document)) {
        if (element instanceof HTMLFormElement) forms.push(readForm(element));
        // Of a page that is shown in part, what is not shown gets no name to be acted on by.
        if (!this.partial || (this.chosen && this.chosen.contains(element))) giveWordRef(element);
        const known = refOf(element);
        if (!known) continue;
        if (targets.includes(known.ref)) fingerprints[known.ref] = fingerprint(element);
        const record = readElement(element, known);
        if (record.clickable || ROLES.has(known.role)) elements.push(record);
      }
      return { elements, forms, fingerprints, focused: this.focused() };
    },
  };
})();
"""

PART_ENGINE = """
({
  query: (root) => (globalThis.__harmonyguard && globalThis.__harmonyguard.chosen) || null,
  queryAll: (root) => [globalThis.__harmonyguard && globalThis.__harmonyguard.chosen].filter(Boolean),
})
"""
"""Playwright's selector engine for what `part` chose. It runs in the isolated world, where the page cannot reach it."""

PART_SELECTOR = "harmonyguard-part=chosen"
