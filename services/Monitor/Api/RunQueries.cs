using System.Data.Common;
using Grpc.Core;
using Monitor.Storage;
using Monitor.Watching;
using Orchestration.Contracts;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Identity;

namespace Monitor.Api;

/// <summary>Questions about runs. A run of another tenant does not exist for the caller.</summary>
internal sealed class RunQueries(History history, Watcher watcher, IHostApplicationLifetime lifetime) : RunQueryService.RunQueryServiceBase
{
    public override async Task<Run> GetRun(GetRunRequest request, ServerCallContext context)
    {
        var key = KeyOf(request.RunId, context);
        return await AskAsync(async () =>
        {
            var run = await history.Reader.FindRunAsync(key, context.CancellationToken)
                ?? throw FailureException.NotFound($"There is no run '{key.RunId}'.");
            return run.ToContract(request.IncludeSteps ? await history.Reader.ReadStepsAsync(key, context.CancellationToken) : []);
        });
    }

    public override async Task<ListRunsResponse> ListRuns(ListRunsRequest request, ServerCallContext context)
    {
        var filter = ListMapping.FilterOf(request, context.GetCaller().Tenant);
        return await AskAsync(async () =>
        {
            // One more than asked for tells whether there is another page.
            var runs = await history.Reader.ListRunsAsync(filter with { Limit = filter.Limit + 1 }, context.CancellationToken);
            var response = ListMapping.ToResponse(filter, runs);
            if (request.IncludeCounts)
            {
                var counts = await history.Reader.CountRunsAsync(filter, context.CancellationToken);
                response.Counts.AddRange(
                    counts.OrderBy(count => count.Key).Select(count => new RunStateCount { State = count.Key, Runs = count.Value }));
            }

            return response;
        });
    }

    public override async Task WatchRun(WatchRunRequest request, IServerStreamWriter<RunEvent> responseStream, ServerCallContext context)
    {
        if (request.FromSequence < 0)
        {
            throw FailureException.InvalidArgument("from_sequence is negative.");
        }

        var key = KeyOf(request.RunId, context);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            await AskAsync(async () =>
            {
                // At once, and not with the first event, which may be hours away: whoever resumes learns that the monitor is there again.
                await context.WriteResponseHeadersAsync([new Metadata.Entry("watching", "1")]);
                await watcher.WatchAsync(
                    key, request.FromSequence, request.IncludeChildren, happened =>
                        responseStream.WriteAsync(happened, ending.Token), ending.Token);
                return true;
            });
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw FailureException.Unavailable("The monitor is stopping; resume after the last sequence received.");
        }
    }

    private static RunKey KeyOf(string runId, ServerCallContext context) =>
        runId.Length == 0 ? throw FailureException.InvalidArgument("run_id is missing.") : new RunKey(context.GetCaller().Tenant, runId);

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        if (!history.IsOpen)
        {
            throw FailureException.Unavailable("The history is not open yet.");
        }

        try
        {
            return await ask();
        }
        catch (DbException exception)
        {
            throw new FailureException(
                FailureMapping.Create(Orchestration.Domain.Failures.FailureCode.Unavailable, "The history cannot be read now."),
                innerException: exception);
        }
    }
}
