// Begins an episode with the seed in the address, and reports to the server what the page asks for and how it ended.
(() => {
  const address = new URLSearchParams(location.search);
  const episode = address.get('episode');
  const report = (what, body) => episode &&
    fetch(`/episodes/${episode}/${what}`, { method: 'POST', body: JSON.stringify(body), keepalive: true });
  const utterance = () => {
    const words = core.getUtterance();
    return typeof words === 'string' ? words : words.utterance;
  };
  const begin = () => {
    const end = core.endEpisode;
    core.endEpisode = (...how) => {
      const over = WOB_DONE_GLOBAL;
      end(...how);
      if (!over && WOB_DONE_GLOBAL) report('ended', { reward: WOB_RAW_REWARD_GLOBAL, reason: String(WOB_REWARD_REASON) });
    };
    // The page's clock discounts rewards and ends slow episodes; here neither counts.
    core.EPISODE_MAX_TIME = 3600000;
    Math.seedrandom(address.get('seed'));
    core.startEpisodeReal();
    report('began', { utterance: utterance() });
    // The task reaches the agent as its goal; the page's own display of it, of rewards and of clicks is for people.
    for (const id of ['query', 'reward-display', 'click-canvas'])
      document.getElementById(id).style.visibility = 'hidden';
    globalThis.harmonyguardGoal = utterance();
  };
  // After the page's own handlers, whichever way they are set.
  addEventListener('load', () => setTimeout(begin, 0));
})();
