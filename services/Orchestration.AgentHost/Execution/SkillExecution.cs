using System.Text.Json;
using Dapr;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Orchestration.Contracts.Agents;
using Orchestration.Hosting.Blobs;
using Orchestration.Hosting.Errors;
using Failure = Orchestration.Contracts.Agents.Failure;
using FailureClass = Orchestration.Contracts.Agents.FailureClass;

namespace Orchestration.AgentHost.Execution;

/// <summary>Runs a skill for one call and turns however it ends into the one message that ends the stream.</summary>
internal sealed partial class SkillExecution(BlobStore blobs, EffectStore effects, ILoggerFactory loggers)
{
    // Below the 4 MiB that sidecars and clients take as one message.
    private const int MaxOutput = 3 << 20;

    private readonly ILogger logger = loggers.CreateLogger<SkillExecution>();

    /// <summary>Never fails by itself: only cancellation and a refused input leave as exceptions.</summary>
    /// <param name="inFlight">Stops the work, and keeps what it cost.</param>
    public async Task<ExecuteResponse> RunAsync(
        string agentId, Skill skill, JsonElement input, SkillCall call, CallWriter writer, CallInFlight inFlight)
    {
        var cancellationToken = inFlight.Token;
        var state = effects.Stage(call.Tenant, agentId, skill.HasEffects);
        var context = new HostedSkillContext(call, loggers.CreateLogger(skill.GetType()), writer, blobs, state, inFlight.Costs);
        try
        {
            if (skill.HasEffects && await effects.FindAsync(call.Tenant, call.IdempotencyKey, cancellationToken) is { } remembered)
            {
                LogRemembered(logger, call.IdempotencyKey);
                return new ExecuteResponse { Result = remembered };
            }

            var result = new Result
            {
                Output = UnsafeByteOperations.UnsafeWrap(await skill.RunAsync(input, context, cancellationToken)),
                Costs = { inFlight.Costs.Paid },
            };
            CheckSize(result);
            return new ExecuteResponse
            {
                Result = skill.HasEffects
                    ? await effects.CommitAsync(call.Tenant, call.IdempotencyKey, state, result, cancellationToken)
                    : result,
            };
        }
        catch (SkillException exception)
        {
            LogFailed(logger, exception.InnerException, exception.Failure.Code, exception.Message);
            return Ended(exception.Failure, inFlight.Costs.Paid);
        }
        catch (DaprException exception)
        {
            LogFailed(logger, exception, "sidecar_unavailable", exception.Message);
            return Ended(SkillException.Transient("sidecar_unavailable", "The agent's sidecar did not answer.").Failure,
                inFlight.Costs.Paid);
        }
#pragma warning disable CA1031 // A skill may throw anything; the caller gets a failure without the inside of the agent.
        catch (Exception exception) when (exception is not FailureException && !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            var number = Guid.NewGuid().ToString("n");
            LogUnexpected(logger, exception, number);
            return Ended(
                SkillException.System("agent_error", $"The skill '{skill.Name}' failed unexpectedly (number {number}).", retryable: true).Failure,
                inFlight.Costs.Paid);
        }
    }

    /// <summary>The message that ends a call with a failure.</summary>
    public static ExecuteResponse Ended(Domain.Failures.Failure failure, IReadOnlyList<Cost> costs) => new()
    {
        Failure = new Failure
        {
            Code = failure.Code,
            FailureClass = failure.Class switch
            {
                Domain.Failures.FailureClass.Transient => FailureClass.Transient,
                Domain.Failures.FailureClass.Permanent => FailureClass.Permanent,
                Domain.Failures.FailureClass.Business => FailureClass.Business,
                _ => FailureClass.System,
            },
            Message = failure.Message,
            Retryable = failure.Retryable,
            RetryAfterMs = (long)(failure.RetryAfter?.TotalMilliseconds ?? 0),
            Costs = { costs },
        },
    };

    private static void CheckSize(Result result)
    {
        if (result.Output.Length > MaxOutput)
        {
            throw SkillException.Permanent(
                "output_too_large", $"The output has {result.Output.Length} bytes; more than {MaxOutput} must be written as a blob.");
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Key} was done before; its remembered result is returned.")]
    private static partial void LogRemembered(ILogger logger, string key);

    [LoggerMessage(2, LogLevel.Information, "Failed with {Code}: {Reason}")]
    private static partial void LogFailed(ILogger logger, Exception? exception, string code, string reason);

    [LoggerMessage(3, LogLevel.Error, "Failed unexpectedly; the orchestrator was told number {Number}.")]
    private static partial void LogUnexpected(ILogger logger, Exception exception, string number);
}
