'use strict';
// node workflow.js SIDECAR_GRPC_PORT SIDECAR_HTTP_PORT TOKEN: a workflow worker and client on the official SDK, and workflow
// management on HTTP.
const { CommunicationProtocolEnum, DaprClient, DaprWorkflowClient, WorkflowRuntime, LogLevel } = require('@dapr/dapr');
const { tell, run } = require('./interop');

const [grpcPort, httpPort, daprApiToken] = process.argv.slice(2);
const options = { daprHost: '127.0.0.1', daprPort: grpcPort, daprApiToken, logger: { level: LogLevel.Error } };
const http = new DaprClient({ ...options, daprPort: httpPort, communicationProtocol: CommunicationProtocolEnum.HTTP }).workflow;
const client = new DaprWorkflowClient(options);
const runtime = new WorkflowRuntime(options);
const patience = 100;

const add = async (_, x) => x + 1;
const boom = async () => { throw new Error('boom'); };
const child = async function* (context, x) { return yield context.callActivity(add, x); };
const failing = async function* (context) { yield context.callActivity(boom); };
const waiting = async function* (context) { return yield context.waitForExternalEvent('go'); };
const renewed = async function* (context, n) {
  if (n >= 5) return `done ${n}`;
  yield context.callActivity(add, n);
  context.continueAsNew(n + 1, true);
};
const everything = async function* (context, n) {
  let chained = n;
  for (let i = 0; i < 3; i++) chained = yield context.callActivity(add, chained);
  const all = yield context.whenAll([1, 2, 3].map(x => context.callActivity(add, x)));
  yield context.createTimer(0.05);
  const event = yield context.waitForExternalEvent('go');
  const ofChild = yield context.callChildWorkflow(child, 10);
  let caught;
  try { yield context.callActivity(boom); } catch (error) { caught = String(error.message).includes('boom'); }
  return { chained, all, event, ofChild, caught };
};

const ended = async id => {
  const state = await client.waitForWorkflowCompletion(id, true, patience);
  return { status: state.runtimeStatus, output: state.serializedOutput ? JSON.parse(state.serializedOutput) : null };
};

const cases = {
  everything: async () => {
    const id = await client.scheduleNewWorkflow(everything, 5, 'everything');
    const started = await client.waitForWorkflowStart(id, true, patience);
    await client.raiseEvent(id, 'go', { yes: true });
    const { status, output } = await ended(id);
    const purged = await client.purgeWorkflow(id);
    return { id, name: started.name, input: JSON.parse(started.serializedInput), status, output, purged, gone: (await client.getWorkflowState(id, false)) === undefined };
  },
  event_before_it_is_awaited: async () => {
    const id = await client.scheduleNewWorkflow(everything, 1);
    await client.raiseEvent(id, 'go', 'early');
    return (await ended(id)).output.event;
  },
  continue_as_new: async () => ended(await client.scheduleNewWorkflow(renewed, 0)),
  failure: async () => {
    const id = await client.scheduleNewWorkflow(failing);
    const state = await client.waitForWorkflowCompletion(id, true, patience);
    return { status: state.runtimeStatus, message: state.workflowFailureDetails?.getErrorMessage?.() ?? state.failureDetails?.message ?? null };
  },
  suspend_resume_terminate: async () => {
    const id = await client.scheduleNewWorkflow(waiting);
    await client.waitForWorkflowStart(id, false, patience);
    await client.suspendWorkflow(id);
    const suspended = (await client.getWorkflowState(id, false)).runtimeStatus;
    await client.resumeWorkflow(id);
    const resumed = (await client.getWorkflowState(id, false)).runtimeStatus;
    await client.terminateWorkflow(id, 'bye');
    return { suspended, resumed, ...await ended(id) };
  },
  start_later: async () => ended(await client.scheduleNewWorkflow(child, 1, 'later', new Date(Date.now() + 200))),
  management_on_http: async () => {
    const id = await http.scheduleNewWorkflow('waiting', { a: 1 }, 'by-http');
    const running = await http.getWorkflowState(id);
    await http.pause(id);
    const paused = await http.getWorkflowState(id);
    await http.resume(id);
    await http.raiseEvent(id, 'go', { yes: true });
    await client.waitForWorkflowCompletion(id, false, patience);
    const ended = await http.getWorkflowState(id);
    await http.purge(id);
    let gone = false;
    try { await http.getWorkflowState(id); } catch { gone = true; }
    return {
      id: running.instanceID, name: running.workflowName, running: running.runtimeStatus, input: running.properties['dapr.workflow.input'],
      paused: paused.runtimeStatus, ended: ended.runtimeStatus, output: ended.properties['dapr.workflow.output'], gone,
    };
  },
  duplicate_id: async () => {
    await client.scheduleNewWorkflow(waiting, null, 'twice');
    try { await client.scheduleNewWorkflow(waiting, null, 'twice'); } catch (error) { return error.code; }
    return null;
  },
};

(async () => {
  runtime.registerWorkflow(everything).registerWorkflow(child).registerWorkflow(failing).registerWorkflow(waiting).registerWorkflow(renewed)
    .registerActivity(add).registerActivity(boom);
  await runtime.start();
  tell(await run(cases));
  process.exit(0);
})();
