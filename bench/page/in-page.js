(async () => {
  const at = (name) => performance.getEntriesByName(name)[0].startTime;
  const constructed = at('constructed');
  const arrivals = performance.getEntriesByType('resource').map(({ responseEnd }) => responseEnd);
  const before = arrivals.filter((end) => end <= constructed);
  const shift = await new Promise((resolve) => {
    const sum = (list) => list.getEntries().reduce((total, { value }) => total + value, 0);
    new PerformanceObserver((list) => resolve(sum(list))).observe({ type: 'layout-shift', buffered: true });
    // The observer is not called if no layout shift occurred.
    setTimeout(() => resolve(0), 50);
  });
  return { opened: at('opened'), wait: constructed - Math.max(at('library'), ...before), ready: at('ready'), shift };
})();
