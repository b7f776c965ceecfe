'use strict';
// node dapr.js HTTP|GRPC SIDECAR_PORT APP_PORT TOKEN: an app on the official SDK. It listens, tells so, waits until the sidecar knows
// it, and tells what each building block answered.
const { DaprClient, DaprServer, CommunicationProtocolEnum, DaprPubSubStatusEnum: DaprPubSubStatus, HttpMethod, LogLevel } = require('@dapr/dapr');
const { tell, heard, run } = require('./interop');

const [protocol, daprPort, serverPort, daprApiToken] = process.argv.slice(2);
const shared = { communicationProtocol: CommunicationProtocolEnum[protocol], logger: { level: LogLevel.Error } };
const address = { daprHost: '127.0.0.1', daprPort, daprApiToken };
const server = new DaprServer({ serverHost: '127.0.0.1', serverPort, ...shared, clientOptions: { ...address, ...shared } });
const client = new DaprClient({ ...address, ...shared });

/** What a topic has brought so far, and a promise of so and so many. */
const inbox = () => {
  const got = [];
  const waiting = [];
  return {
    add: data => {
      got.push(data);
      waiting.forEach(({ count, resolve }) => { if (got.length >= count) resolve([...got]); });
    },
    first: count => got.length >= count ? Promise.resolve([...got]) : new Promise(resolve => waiting.push({ count, resolve })),
  };
};

// Each of the two apps has topics of its own.
const topic = name => `${protocol.toLowerCase()}-${name}`;
const orders = inbox();
const bulk = inbox();
const retried = inbox();
const dead = inbox();
const outcome = async call => { try { return { value: (await call) ?? null }; } catch (error) { return { error: String(error?.error?.message ?? error?.message ?? error) }; } };

const cases = {
  state: async () => {
    await client.state.save('statestore', [{ key: 'object', value: { x: 1 } }, { key: 'text', value: 'two' }, { key: 'number', value: 3 }]);
    return {
      object: await client.state.get('statestore', 'object'),
      text: await client.state.get('statestore', 'text'),
      number: await client.state.get('statestore', 'number'),
      missing: await client.state.get('statestore', 'missing'),
      bulk: (await client.state.getBulk('statestore', ['object', 'text', 'missing'])).map(({ key, data }) => ({ key, data: data || null })),
    };
  },
  state_transaction: async () => {
    await client.state.save('statestore', [{ key: 'old', value: 1 }]);
    await client.state.transaction('statestore', [
      { operation: 'upsert', request: { key: 'new', value: 'made' } },
      { operation: 'delete', request: { key: 'old' } },
    ]);
    return { created: await client.state.get('statestore', 'new'), deleted: await client.state.get('statestore', 'old') };
  },
  state_delete: async () => {
    await client.state.save('statestore', [{ key: 'gone', value: 1 }]);
    await client.state.delete('statestore', 'gone');
    return client.state.get('statestore', 'gone');
  },
  state_etag: async () => {
    await client.state.save('statestore', [{ key: 'tagged', value: 1 }]);
    const [{ etag }] = await client.state.getBulk('statestore', ['tagged']);
    const refused = await outcome(client.state.save('statestore', [{ key: 'tagged', value: 2, etag: 'other', options: { concurrency: 1 } }]));
    const kept = await client.state.get('statestore', 'tagged');
    await client.state.save('statestore', [{ key: 'tagged', value: 3, etag, options: { concurrency: 1 } }]);
    return { refused: Boolean(refused.error || refused.value?.error), kept, taken: await client.state.get('statestore', 'tagged') };
  },
  state_unknown_store: () => outcome(client.state.get('nowhere', 'x')),
  publish: async () => {
    await client.pubsub.publish('pubsub', topic('orders'), { n: 1 });
    await client.pubsub.publish('pubsub', topic('orders'), 'text');
    await client.pubsub.publish('pubsub', topic('orders'), { specversion: '1.0', id: 'own', source: 's', type: 't', data: { n: 3 } }, { contentType: 'application/cloudevents+json' });
    return orders.first(3);
  },
  publish_bulk: async () => {
    const answer = await client.pubsub.publishBulk('pubsub', topic('bulk'), [{ n: 1 }, 'text', { n: 3 }]);
    return { failed: answer.failedMessages.length, got: await bulk.first(3) };
  },
  publish_bulk_refused: async () => (await client.pubsub.publishBulk('nowhere', 'bulk', [{ n: 1 }, { n: 2 }])).failedMessages.length,
  publish_retry: async () => { await client.pubsub.publish('pubsub', topic('retried'), { n: 1 }); return retried.first(2); },
  publish_dead_letter: async () => { await client.pubsub.publish('pubsub', topic('dropped'), { n: 1 }); return dead.first(1); },
  publish_unknown: async () => { const { value, error } = await outcome(client.pubsub.publish('nowhere', 'x', { n: 1 })); return Boolean(error || value?.error); },
  invoke: async () => ({
    web: await client.invoker.invoke('web', 'hello', HttpMethod.POST, { hi: 1 }),
    callback: await client.invoker.invoke('callback', 'hello', HttpMethod.POST, { hi: 1 }),
  }),
  invoke_unknown_app: async () => (await outcome(client.invoker.invoke('nobody', 'hello', HttpMethod.POST, {}))).error !== undefined,
  secrets: async () => ({ one: await client.secret.get('secrets', 'key'), all: await client.secret.getBulk('secrets') }),
  secret_missing: async () => (await outcome(client.secret.get('secrets', 'nothing'))).error !== undefined,
  lock: async () => [
    (await client.lock.lock('locks', 'r', 'me', 60)).success,
    (await client.lock.lock('locks', 'r', 'you', 60)).success,
    (await client.lock.unlock('locks', 'r', 'you')).status,
    (await client.lock.unlock('locks', 'r', 'me')).status,
    (await client.lock.unlock('locks', 'r', 'me')).status,
  ],
  metadata: async () => {
    await client.metadata.set('colour', 'blue');
    const found = await client.metadata.get();
    return { id: found.id, components: [...(found.components ?? found.registeredComponents)].map(({ name }) => name).sort(), colour: found.extended?.colour ?? null };
  },
  health: () => client.health.isHealthy(),
};

(async () => {
  await server.pubsub.subscribe('pubsub', topic('orders'), async data => orders.add(data));
  await server.pubsub.subscribeBulk('pubsub', topic('bulk'), async data => bulk.add(data), { maxMessagesCount: 10, maxAwaitDurationMs: 1 });
  let seen = 0;
  await server.pubsub.subscribe('pubsub', topic('retried'), async data => { retried.add(data); return ++seen === 1 ? DaprPubSubStatus.RETRY : DaprPubSubStatus.SUCCESS; });
  await server.pubsub.subscribeWithOptions('pubsub', topic('dropped'), { callback: async () => DaprPubSubStatus.DROP, deadLetterTopic: topic('dead') });
  await server.pubsub.subscribe('pubsub', topic('dead'), async data => dead.add(data));
  await server.invoker.listen('hello', async ({ body, query }) => ({ via: protocol, body: typeof body === 'string' ? JSON.parse(body) : body, query: query ?? null }), { method: HttpMethod.POST });
  await server.start();
  tell({ listening: true });
  while (await heard() === 'run') tell(await run(cases));
  process.exit(0);
})();
