using Google.Protobuf.WellKnownTypes;
using Monitor.Storage;
using Orchestration.Contracts;
using Orchestration.Hosting.Errors;

namespace Monitor.Api;

/// <summary>A request for a list as a filter, and the rows found as the response.</summary>
internal static class ListMapping
{
    private const int DefaultPage = 50;
    private const int LargestPage = 500;

    public static RunFilter FilterOf(ListRunsRequest request, string tenant)
    {
        if (request.PageSize is < 0 or > LargestPage)
        {
            throw FailureException.InvalidArgument($"page_size is not between 1 and {LargestPage}.");
        }

        var filter = new RunFilter
        {
            Tenant = tenant,
            ParentRunId = request.ParentRunId,
            States = [.. request.States.Distinct().Order()],
            PlanId = request.PlanId,
            Labels = request.Labels,
            AcceptedFrom = TimeOf(request.AcceptedFrom, nameof(request.AcceptedFrom)),
            AcceptedBefore = TimeOf(request.AcceptedBefore, nameof(request.AcceptedBefore)),
            Limit = request.PageSize == 0 ? DefaultPage : request.PageSize,
        };
        return request.PageToken.Length == 0 ? filter : filter with
        {
            After = PageToken.Read(request.PageToken, filter)
                ?? throw FailureException.InvalidArgument("page_token is not one that this query returned."),
        };
    }

    /// <param name="runs">One more than the limit when there is another page.</param>
    public static ListRunsResponse ToResponse(RunFilter filter, List<RunRow> runs)
    {
        var page = runs.Take(filter.Limit).ToList();
        return new ListRunsResponse
        {
            Runs = { page.Select(run => run.ToContract([])) },
            NextPageToken = runs.Count > page.Count ? PageToken.Write(page[^1], filter) : "",
        };
    }

    private static DateTimeOffset? TimeOf(Timestamp? timestamp, string field)
    {
        try
        {
            return timestamp?.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            throw FailureException.InvalidArgument($"{field} is no valid time.");
        }
    }
}
