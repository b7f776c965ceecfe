'use strict';
// node grpc-client.js ADDRESS: runs the interoperability cases against a server and tells what came of each.
const grpc = require('@grpc/grpc-js');
const { contract, initialKey, trailingKey, tell, run } = require('./interop');

const address = process.argv[2];
const credentials = grpc.credentials.createInsecure();
const client = new contract.TestService(address, credentials);
const gzip = new contract.TestService(address, credentials, { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip });
const large = new contract.TestService(address, credentials, {
  'grpc.max_receive_message_length': 32 << 20, 'grpc.max_send_message_length': 32 << 20, 'grpc.use_local_subchannel_pool': 1,
});
const elsewhere = new contract.UnimplementedService(address, credentials);

const zeros = size => ({ body: Buffer.alloc(size) });
const yes = { value: true };
const no = { value: false };
const special = '\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n';

/** A unary call: result, headers and trailers, or the status it failed with. */
const unary = (stub, method, request, metadata = new grpc.Metadata(), options = {}) => new Promise(resolve => {
  const answer = {};
  const call = stub[method](request, metadata, options, (error, response) => {
    Object.assign(answer, error ? { code: error.code, details: error.details } : { code: 0, response });
  });
  call.on('metadata', headers => { answer.headers = headers; });
  call.on('status', status => { answer.trailers = status.metadata; setImmediate(() => resolve(answer)); });
  if (options.cancel) call.cancel();
});

/** What a call streams until it ends: sizes and status. `next` may write more or cancel after a message. */
const drain = (call, next = () => {}) => new Promise(resolve => {
  const sizes = [];
  let headers;
  call.on('metadata', value => { headers = value; });
  call.on('data', message => { sizes.push(message.payload?.body?.length ?? 0); next(sizes.length); });
  call.on('error', () => {});
  call.on('status', status => setImmediate(() => resolve({ sizes, code: status.code, details: status.details, headers, trailers: status.metadata })));
});

/** A client stream of payloads and its answer. */
const upload = (stub, parts, begin = call => call) => new Promise(resolve => {
  const call = stub.StreamingInputCall((error, response) => resolve(error
    ? { code: error.code, details: error.details } : { code: 0, size: response.aggregated_payload_size }));
  begin(call);
  for (const [part, flags] of parts) call.write(part, flags);
  call.end();
});

const echoed = answer => ({
  initial: answer.headers?.get(initialKey)?.[0] ?? null,
  trailing: answer.trailers?.get(trailingKey)?.[0]?.toString('hex') ?? null,
});

const withMetadata = () => {
  const metadata = new grpc.Metadata();
  metadata.set(initialKey, 'test_initial_metadata_value');
  metadata.set(trailingKey, Buffer.from('ababab', 'hex'));
  return metadata;
};

const pick = ({ code, details }) => ({ code, details });

const cases = {
  empty_unary: async () => (await unary(client, 'EmptyCall', {})).code,
  large_unary: async () => (await unary(client, 'UnaryCall', { response_size: 314159, payload: zeros(271828) })).response.payload.body.length,
  client_streaming: async () => (await upload(client, [27182, 8, 1828, 45904].map(size => [{ payload: zeros(size) }]))).size,
  server_streaming: async () => (await drain(client.StreamingOutputCall({ response_parameters: [31415, 9, 2653, 58979].map(size => ({ size })) }))).sizes,
  ping_pong: () => {
    const sizes = [31415, 9, 2653, 58979];
    const sent = [27182, 8, 1828, 45904];
    const call = client.FullDuplexCall();
    const send = i => i < sizes.length ? call.write({ response_parameters: [{ size: sizes[i] }], payload: zeros(sent[i]) }) : call.end();
    const done = drain(call, send);
    send(0);
    return done.then(answer => ({ sizes: answer.sizes, code: answer.code }));
  },
  empty_stream: () => {
    const call = client.FullDuplexCall();
    const done = drain(call);
    call.end();
    return done.then(answer => ({ sizes: answer.sizes, code: answer.code }));
  },
  cancel_after_begin: async () => (await upload(client, [], call => call.cancel())).code,
  cancel_after_first_response: () => {
    const call = client.FullDuplexCall();
    const done = drain(call, () => call.cancel());
    call.write({ response_parameters: [{ size: 31415 }], payload: zeros(27182) });
    return done.then(answer => ({ sizes: answer.sizes, code: answer.code }));
  },
  timeout_on_sleeping_server: () => {
    const call = client.FullDuplexCall({ deadline: Date.now() + 50 });
    const done = drain(call);
    call.on('error', () => {});
    call.write({ payload: zeros(27182) });
    return done.then(answer => answer.code);
  },
  custom_metadata: async () => {
    const answer = await unary(client, 'UnaryCall', { response_size: 314159, payload: zeros(271828) }, withMetadata());
    const call = client.FullDuplexCall(withMetadata());
    const done = drain(call);
    call.write({ response_parameters: [{ size: 314159 }], payload: zeros(271828) });
    call.end();
    return { unary: echoed(answer), duplex: echoed(await done) };
  },
  status_code_and_message: async () => {
    const response_status = { code: 2, message: 'test status message' };
    const call = client.FullDuplexCall();
    const done = drain(call);
    call.write({ response_status });
    call.end();
    return { unary: pick(await unary(client, 'UnaryCall', { response_status })), duplex: pick(await done) };
  },
  special_status_message: async () => {
    const answer = await unary(client, 'UnaryCall', { response_status: { code: 2, message: special } });
    return { code: answer.code, same: answer.details === special };
  },
  unimplemented_method: async () => (await unary(client, 'UnimplementedCall', {})).code,
  unimplemented_service: async () => (await unary(elsewhere, 'UnimplementedCall', {})).code,
  client_compressed_unary: async () => {
    const request = expected => ({ expect_compressed: expected, response_size: 314159, payload: zeros(271828) });
    return {
      probe: (await unary(client, 'UnaryCall', request(yes))).code,
      compressed: (await unary(gzip, 'UnaryCall', request(yes))).response.payload.body.length,
      plain: (await unary(client, 'UnaryCall', request(no))).response.payload.body.length,
    };
  },
  client_compressed_streaming: async () => ({
    probe: (await upload(client, [[{ expect_compressed: yes, payload: zeros(27182) }]])).code,
    mixed: (await upload(gzip, [[{ expect_compressed: yes, payload: zeros(27182) }], [{ expect_compressed: no, payload: zeros(45904) }, grpc.writeFlags?.NO_COMPRESS ?? 2]])).size,
  }),
  server_compressed_unary: async () => {
    const sizes = [];
    for (const response_compressed of [yes, no]) {
      sizes.push((await unary(client, 'UnaryCall', { response_compressed, response_size: 314159, payload: zeros(271828) })).response.payload.body.length);
    }
    return sizes;
  },
  server_compressed_streaming: async () => (await drain(client.StreamingOutputCall({
    response_parameters: [{ compressed: yes, size: 31415 }, { compressed: no, size: 92653 }],
  }))).sizes,
  large_messages: async () => (await unary(large, 'UnaryCall', { response_size: 8 << 20, payload: zeros(8 << 20) })).response.payload.body.length,
  too_large_request: async () => (await unary(large, 'UnaryCall', { response_size: 1, payload: zeros(20 << 20) })).code,
  too_large_response: async () => (await unary(client, 'UnaryCall', { response_size: 8 << 20, payload: zeros(1) })).code,
  deadline_of_unary: async () => (await unary(client, 'UnaryCall', { response_size: -1 }, new grpc.Metadata(), { deadline: Date.now() + 50 })).code,
  cancel_unary: async () => (await unary(client, 'UnaryCall', { response_size: -1 }, new grpc.Metadata(), { cancel: true })).code,
};

run(cases).then(results => { tell(results); process.exit(0); });
