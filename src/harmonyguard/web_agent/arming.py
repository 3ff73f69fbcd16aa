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

  const onWay = (event) => {
    const path = event.composedPath();
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
      armed.started = true;
    }
    if (event.type === 'click' && JSON.stringify(guard.destination(armed.element)) !== armed.destination)
      return 'the target now leads elsewhere';
    return null;
  };

  const stop = (event, reason) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    // What trails an act (the key going up on another element) is stopped and is not news.
    if (!['keyup', 'pointerup', 'mouseup', 'touchend'].includes(event.type)) blocked.push(reason);
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

  guard.arm = (ref, fingerprint, keys) => {
    blocked = [];
    const element = guard.find(ref);
    if (!element) return false;
    armed = { element, fingerprint, keys, started: false,
      destination: JSON.stringify(guard.destination(element)), sends: sendsOf(element, false),
      sendsBare: sendsOf(element, true) };
    return guard.fingerprint(element) === fingerprint;
  };
  guard.armAny = () => { blocked = []; armed = { element: null }; return true; };
  guard.disarm = () => {
    const reasons = blocked;
    armed = null;
    blocked = [];
    return reasons;
  };

  guard.select = (ref, fingerprint, wanted) => {
    const element = guard.find(ref);
    if (!(element instanceof HTMLSelectElement)) return 'the target is not a list of options';
    if (guard.fingerprint(element) !== fingerprint) return 'the target changed at the last moment';
    const usable = Array.from(element.options).filter((option) => !option.disabled);
    const option = usable.find((one) => guard.clean(one.label) === wanted) ||
      usable.find((one) => one.value === wanted);
    if (!option) return 'there is no such option';
    for (const one of element.options) if (one !== option) one.selected = false;
    option.selected = true;
    for (const type of ['input', 'change']) element.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    return null;
  };
})();
"""
