using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Local.Tests.Sidecars;

/// <summary>An endpoint that keeps what is posted to it.</summary>
internal sealed class Inbox
{
    // Only a failing test waits that long.
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(5);

    private readonly Channel<JsonNode> events = Channel.CreateUnbounded<JsonNode>();
    private int seen;

    public Func<int, IResult> Answer { get; set; } = _ => Results.Ok();

    public async Task<IResult> ReceiveAsync(HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        events.Writer.TryWrite(body!);
        return Answer(Interlocked.Increment(ref seen));
    }

    public async Task<List<JsonNode>> TakeAsync(int count)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(Enough);
        var taken = new List<JsonNode>();
        while (taken.Count < count)
        {
            taken.Add(await events.Reader.ReadAsync(enough.Token));
        }

        return taken;
    }
}
