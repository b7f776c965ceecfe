'use strict';
// What the scripts share: the contract, the conversation with the test (one JSON document per line, marked because libraries print too), and the metadata keys.
const path = require('path');
const readline = require('readline');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const definition = loader.loadSync(path.join(__dirname, 'interop.proto'), {
  keepCase: true, longs: Number, defaults: true, oneofs: true, includeDirs: [__dirname],
});

const input = readline.createInterface({ input: process.stdin });
const lines = input[Symbol.asyncIterator]();

exports.contract = grpc.loadPackageDefinition(definition).grpc.testing;
exports.initialKey = 'x-grpc-test-echo-initial';
exports.trailingKey = 'x-grpc-test-echo-trailing-bin';
exports.tell = value => process.stdout.write(`> ${JSON.stringify(value)}\n`);
exports.heard = async () => (await lines.next()).value;

// Only a case that fails takes that long.
const patience = 30_000;

const guarded = async run => {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('no result in time')), patience); });
  try {
    return await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Runs the cases in order; what one returns or fails with is its result. */
exports.run = async cases => {
  const results = {};
  for (const [name, run] of Object.entries(cases)) {
    try {
      results[name] = (await guarded(run)) ?? null;
    } catch (error) {
      results[name] = { error: String(error?.message ?? error), code: error?.code ?? null };
      process.stderr.write(`${name}: ${error?.stack ?? error}\n`);
    }
  }
  return results;
};
