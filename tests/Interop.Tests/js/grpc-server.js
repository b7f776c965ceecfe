'use strict';
// node grpc-server.js: serves the interoperability cases, tells its port, and ends with its standard input.
const grpc = require('@grpc/grpc-js');
const { contract, initialKey, trailingKey, tell, heard } = require('./interop');

const zeros = size => ({ body: Buffer.alloc(size) });

const trailers = call => {
  const metadata = new grpc.Metadata();
  for (const value of call.metadata.get(trailingKey)) metadata.add(trailingKey, value);
  return metadata;
};

const echoInitial = call => {
  const metadata = new grpc.Metadata();
  for (const value of call.metadata.get(initialKey)) metadata.add(initialKey, value);
  call.sendMetadata(metadata);
};

const failure = (status, call) => Object.assign(new Error(status.message), { code: status.code, details: status.message, metadata: trailers(call) });

const service = {
  EmptyCall: (call, done) => done(null, {}),
  UnaryCall: (call, done) => {
    const { response_status, response_size } = call.request;
    echoInitial(call);
    if (response_size < 0) return;
    if (response_status?.code) return done(failure(response_status, call));
    done(null, { payload: zeros(response_size) }, trailers(call));
  },
  StreamingInputCall: (call, done) => {
    let size = 0;
    call.on('data', request => { size += request.payload.body.length; });
    call.on('end', () => done(null, { aggregated_payload_size: size }));
  },
  StreamingOutputCall: call => {
    for (const { size } of call.request.response_parameters) call.write({ payload: zeros(size) });
    call.end();
  },
  FullDuplexCall: call => {
    echoInitial(call);
    call.on('data', request => {
      if (request.response_status?.code) return call.emit('error', failure(request.response_status, call));
      for (const { size } of request.response_parameters) call.write({ payload: zeros(size) });
    });
    call.on('end', () => call.end(trailers(call)));
  },
};

const server = new grpc.Server({ 'grpc.max_receive_message_length': 16 << 20 });
server.addService(contract.TestService.service, service);
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), async (error, port) => {
  if (error) throw error;
  tell({ port });
  await heard();
  server.forceShutdown();
  process.exit(0);
});
