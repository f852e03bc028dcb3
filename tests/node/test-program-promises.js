const later = (ms, v, fail) => new Promise((res, rej) => setTimeout(() => (fail ? rej(new Error(v)) : res(v)), ms));
(async () => {
  console.log(await Promise.all([later(5, 'a'), 'b', later(1, 'c')]));
  console.log(await Promise.allSettled([later(1, 'ok'), later(2, 'bad', true)]));
  console.log(await Promise.race([later(50, 'slow'), later(1, 'fast')]));
  console.log(await Promise.any([later(1, 'no', true), later(5, 'yes')]));
  await Promise.any([later(1, 'x', true), later(2, 'y', true)]).catch((e) => {
    console.log(e.constructor.name, e.message, e.errors.map((x) => x.message));
  });
  await Promise.all([later(1, 'first', true), later(2, 'second', true)]).catch((e) => console.log(e.message));
  const { promise, resolve } = Promise.withResolvers();
  setTimeout(resolve, 1, 'with');
  console.log(await promise, await Promise.try((x) => x + 1, 1));
  await Promise.reject(new Error('f')).finally(() => console.log('finally')).catch((e) => console.log(e.message));
})();
