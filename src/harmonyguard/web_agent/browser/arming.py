"""The gate on trusted input events: only the armed target gets them, and only while it is what was judged.

Installed at document start in the isolated world of every frame, before any page script can listen. It closes the gap
between the last look at the page and the moment when the event arrives.
"""

from __future__ import annotations

GATE = r"""
(() => {
  const guard = globalThis.__harmonyguard;
  if (!guard || guard.arm) return;
  let armed = null;
  let blocked = [];

  // What follows a drag: moves and the drop are for the element that is dropped on, and no click comes of it.
  const DROPPED = new Set(['pointerup', 'mouseup', 'drop', 'touchend']);

  const onWay = (event) => {
    const path = event.composedPath();
    if (armed.to) {
      if (event.type === 'click') return false;
      return path.includes(DROPPED.has(event.type) ? armed.to : armed.element);
    }
    if (path.includes(armed.element)) return true;
    const first = path[0];
    // A label hands its click to its control, and a hidden control is clicked through its label.
    if (path.some((node) => node instanceof HTMLLabelElement && node.control === armed.element)) return true;
    const label = armed.element.closest && Element.prototype.closest.call(armed.element, 'label');
    if (event.type === 'click' && label && label.control === first) return true;
    // Enter in a field clicks the default button of its form.
    return event.type === 'click' && armed.keys && event.detail === 0 && guard.isSubmit(first) &&
      first.form === guard.formOf(armed.element);
  };

  // Without a target only keys that move about come here; arrows change the value of what has the focus, though.
  const STEERING = new Set(['Escape', 'Tab', 'Shift']);
  const holdsValue = (node) => node instanceof HTMLElement && (node.isContentEditable ||
    ['input', 'select', 'textarea', 'iframe'].includes(node.localName) ||
    Element.prototype.getAttribute.call(node, 'role') !== null);

  const objection = (event) => {
    if (!armed) return 'no act is under way';
    if (armed.element === null) {
      const target = event.composedPath()[0];
      return STEERING.has(event.key) || !holdsValue(target) ? null : 'the key would change a value';
    }
    if (!armed.element.isConnected) return 'the target is gone';
    if (!onWay(event)) return 'something else lies where the target was';
    if (!armed.started) {
      if (guard.fingerprint(armed.element) !== armed.fingerprint) return 'the target changed at the last moment';
      if (armed.to && guard.fingerprint(armed.to) !== armed.toFingerprint)
        return 'what it is dropped on changed at the last moment';
      armed.started = true;
    }
    if (armed.to && DROPPED.has(event.type)) {
      if (!armed.to.isConnected) return 'what it is dropped on is gone';
      if (guard.surface(armed.to) !== armed.surface) return 'what it is dropped on changed at the last moment';
      return null;
    }
    if (event.type === 'click' && JSON.stringify(guard.destination(armed.element)) !== armed.destination)
      return 'the target now leads elsewhere';
    return null;
  };

  const stop = (event, reason) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    // What trails an act (the key going up on another element) is stopped and is not news, except where a drag ends.
    const trailing = armed && armed.to ? ['click'] : ['keyup', 'pointerup', 'mouseup', 'touchend'];
    if (!trailing.includes(event.type)) blocked.push(reason);
  };

  const gate = (event) => {
    if (!event.isTrusted) return;
    const reason = objection(event);
    if (reason !== null) stop(event, reason);
  };

  const TYPES = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'auxclick', 'dblclick', 'contextmenu',
    'touchstart', 'touchend', 'keydown', 'keypress', 'keyup', 'beforeinput', 'paste', 'cut', 'dragstart', 'drop'];
  for (const type of TYPES) window.addEventListener(type, gate, { capture: true, passive: false });

  window.addEventListener('submit', (event) => {
    if (!event.isTrusted || !armed || armed.element === null) return;
    const form = guard.formOf(armed.element);
    if (event.target !== form) return;
    const button = event.submitter;
    if (button && button !== guard.activated(armed.element) && !armed.keys) return;
    if (JSON.stringify(guard.sendsTo(form, button)) !== (button ? armed.sends : armed.sendsBare))
      stop(event, 'the form now goes elsewhere');
  }, { capture: true, passive: false });

  const sendsOf = (element, bare) => {
    const form = guard.formOf(element);
    if (!form) return null;
    if (bare) return JSON.stringify(guard.sendsTo(form, null));
    const owner = guard.activated(element);
    const button = guard.isSubmit(owner) ? owner
      : Array.from(Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, 'elements').get.call(form))
        .find(guard.isSubmit) || null;
    return JSON.stringify(guard.sendsTo(form, button));
  };

  guard.arm = (ref, fingerprint, keys, toRef, toFingerprint) => {
    blocked = [];
    const element = guard.find(ref);
    const to = toRef ? guard.find(toRef) : null;
    if (!element || (toRef && !to)) return false;
    armed = { element, fingerprint, keys, started: false, to, toFingerprint, surface: to && guard.surface(to),
      destination: JSON.stringify(guard.destination(element)), sends: sendsOf(element, false),
      sendsBare: sendsOf(element, true) };
    return guard.fingerprint(element) === fingerprint && (!to || guard.fingerprint(to) === toFingerprint);
  };
  guard.armAny = () => { blocked = []; armed = { element: null }; return true; };
  guard.disarm = () => {
    const found = { reasons: blocked, reached: armed !== null && armed.started === true };
    armed = null;
    blocked = [];
    return found;
  };

  // The file goes into the field in one piece with the last look at it: there is nothing in between.
  guard.upload = (ref, fingerprint, name, mediaType, base64) => {
    const named = guard.find(ref);
    if (!named) return 'the target is gone';
    const field = named instanceof HTMLLabelElement ? named.control : named;
    if (!(field instanceof HTMLInputElement) || field.type !== 'file') return 'the target is no field for files';
    if (guard.fingerprint(named) !== fingerprint) return 'the target changed at the last moment';
    if (field.matches(':disabled')) return 'the field is disabled';
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name, { type: mediaType }));
    field.files = transfer.files;
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    return null;
  };

  guard.select = (ref, fingerprint, wanted) => {
    const element = guard.find(ref);
    if (!(element instanceof HTMLSelectElement)) return 'the target is not a list of options';
    if (guard.fingerprint(element) !== fingerprint) return 'the target changed at the last moment';
    const usable = Array.from(element.options).filter((option) => !option.disabled);
    const find = (name) => usable.find((one) => guard.clean(one.label) === name) ||
      usable.find((one) => one.value === name);
    const whole = find(wanted);
    // A list that takes several is read back with commas between them, and written so.
    const chosen = whole || !element.multiple ? [whole] : wanted.split(', ').map(find);
    if (chosen.includes(undefined)) return 'there is no such option';
    for (const one of element.options) one.selected = chosen.includes(one);
    for (const type of ['input', 'change']) element.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    return null;
  };
})();
"""
