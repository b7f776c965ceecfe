using System.Globalization;
using System.Text.Json;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestration.Contracts.Agents;
using Orchestration.Domain.Failures;
using Orchestration.Hosting;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Identity;

namespace Orchestration.AgentHost.Execution;

/// <summary>The agent contract on the wire. Who may call it is decided by the app token: only our own sidecar has it.</summary>
internal sealed class AgentEndpoint(
    AgentCatalog catalog, CallsInFlight calls, SkillExecution execution, IOptions<AgentOptions> options, TimeProvider time, ILogger<AgentEndpoint> logger)
    : AgentService.AgentServiceBase
{
    /// <summary>Response header that names the instance which has taken the call.</summary>
    public const string InstanceHeader = "agent-instance";

    /// <summary>Response header: a quiet call gives a sign of life, a message without event, this often, in milliseconds.</summary>
    public const string KeepAliveHeader = "keepalive-ms";

    public override Task<DescribeResponse> Describe(DescribeRequest request, ServerCallContext context) =>
        Task.FromResult(new DescribeResponse
    {
        InstanceId = catalog.InstanceId,
        Agents = { catalog.Agents.Select(agent => agent.Descriptor) },
    });

    public override Task<CancelResponse> Cancel(CancelRequest request, ServerCallContext context) =>
        Task.FromResult(new CancelResponse { Found = calls.Cancel(KeyOf(request.Tenant, request.IdempotencyKey)) });

    public override async Task Execute(
        ExecuteRequest request, IServerStreamWriter<ExecuteResponse> responseStream, ServerCallContext context)
    {
        using var scope = logger.BeginRun(request.RunId, request.StepId);
        var agent = catalog.Find(request.AgentId) ?? throw FailureException.NotFound($"There is no agent '{request.AgentId}' here.");
        var skill = agent.Find(request.Skill) ?? throw FailureException.NotFound($"The agent '{agent.Id}' has no skill '{request.Skill}'.");
        var work = CallOf(request);
        using var input = InputOf(request, skill);

        using var call = await calls.EnterAsync(KeyOf(work.Tenant, work.IdempotencyKey), context.CancellationToken)
            ?? throw FailureException.Unavailable("The agent is stopping.");
        using var ticket = agent.Slots.TryEnter(PriorityOf(context))
            ?? throw FailureException.Saturated($"All {agent.Slots.Max} slots of the agent '{agent.Id}' are taken.", agent.Slots.Advice);
        await AcceptAsync(context);
        await using var writer = new CallWriter(responseStream, options.Value.KeepAlive, time, call.Token);
        try
        {
            await ticket.WaitAsync(call.Token);
            var end = await execution.RunAsync(agent.Id, skill, input.RootElement, work, writer, call);
            await writer.EndAsync(end, context.CancellationToken);
        }
        catch (Exception exception) when (call.StoppedBy != CallStop.None && exception is not FailureException)
        {
            await EndStoppedAsync(call, writer, context.CancellationToken);
        }
    }

    private static string KeyOf(string tenant, string idempotencyKey) => $"{tenant}/{idempotencyKey}";

    /// <summary>What was paid is reported; work that nothing was paid for may be done elsewhere within the same attempt.</summary>
    private static Task EndStoppedAsync(CallInFlight call, CallWriter writer, CancellationToken cancellationToken)
    {
        var costs = call.Costs.Paid;
        return call.StoppedBy switch
        {
            CallStop.Asked => EndAsync(FailureCode.Cancelled, "The call was cancelled."),
            CallStop.Replaced => EndAsync(FailureCode.Conflict, "The same call was made again and replaces this one."),
            _ when costs.Count > 0 => EndAsync(FailureCode.AgentLost, "The agent stopped before the call had ended."),
            _ => throw FailureException.Unavailable("The agent stopped before the call had ended."),
        };

        Task EndAsync(string code, string message) =>
            writer.EndAsync(SkillExecution.Ended(FailureMapping.Create(code, message), costs), cancellationToken);
    }

    private static SkillCall CallOf(ExecuteRequest request)
    {
        var key = request.IdempotencyKey.Length > 0 ? request.IdempotencyKey : $"{request.RunId}/{request.StepId}";
        if (!TenantName.IsValid(request.Tenant))
        {
            throw FailureException.InvalidArgument($"'{request.Tenant}' is no tenant.");
        }

        if (request.RunId.Length == 0 || request.StepId.Length == 0)
        {
            throw FailureException.InvalidArgument("run_id and step_id are needed.");
        }

        if (key.Length > 512 || key.Contains('|', StringComparison.Ordinal))
        {
            throw FailureException.InvalidArgument("An idempotency key has at most 512 characters and no '|'.");
        }

        return new SkillCall(
            request.Tenant,
            request.RunId,
            request.RootRunId.Length > 0 ? request.RootRunId : request.RunId,
            request.StepId,
            Math.Max(1, request.Attempt),
            key,
            request.Allotment is { } allotment ? new SkillAllotment(allotment.Nanos, allotment.Tokens) : null);
    }

    private static JsonDocument InputOf(ExecuteRequest request, Skill skill)
    {
        JsonDocument input;
        try
        {
            input = JsonDocument.Parse(request.Input.Memory);
        }
        catch (JsonException exception)
        {
            throw FailureException.InvalidArgument($"The input is not JSON: {exception.Message}");
        }

        var problems = skill.InputSchema.Check(input.RootElement);
        if (problems.Count == 0)
        {
            return input;
        }

        input.Dispose();
        throw FailureException.InvalidArgument($"The input does not fit the skill '{skill.Name}': {string.Join("; ", problems)}.");
    }

    private static int PriorityOf(ServerCallContext context) =>
        int.TryParse(context.RequestHeaders.GetValue("priority"), CultureInfo.InvariantCulture, out var priority) ? priority : 0;

    /// <summary>Says at once that the call is taken, so that the caller knows where it is although nothing has been produced.</summary>
    private Task AcceptAsync(ServerCallContext context) => context.WriteResponseHeadersAsync(new Metadata
    {
        { InstanceHeader, catalog.InstanceId },
        { KeepAliveHeader, ((long)options.Value.KeepAlive.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) },
    });
}
