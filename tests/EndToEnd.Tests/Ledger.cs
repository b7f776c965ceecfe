using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Tests;

/// <summary>An external system: it books once per key, and writes every booking with its account into a file that is counted.</summary>
internal sealed class Ledger : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _requests = new();
    private readonly ConcurrentDictionary<int, Hold> _holds = new();
    private readonly Lock _writing = new();

    private Ledger(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Keys that were booked, each with the number of requests that carried it.</summary>
    public IReadOnlyDictionary<string, int> Requests => _requests;

    public static async Task<Ledger> StartAsync(string file)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var ledger = new Ledger(app);
        app.MapPost("/book", (Entry entry, HttpContext context) => ledger.BookAsync(entry, file, context.RequestAborted));
        await app.StartAsync();
        ledger.Address = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/book");
        return ledger;
    }

    /// <summary>
    /// The answer to this booking, counted from 1, is held back until it is released: whoever asked is in the middle of its work.
    /// </summary>
    public Hold HoldAt(int booking) => _holds.GetOrAdd(booking, _ => new Hold());

    public ValueTask DisposeAsync()
    {
        foreach (var hold in _holds.Values)
        {
            hold.Release();
        }

        return _app.DisposeAsync();
    }

    private async Task<IResult> BookAsync(Entry entry, string file, CancellationToken cancellationToken)
    {
        Hold? hold = null;
        lock (_writing)
        {
            if (_requests.AddOrUpdate(entry.Key, 1, (_, count) => count + 1) == 1)
            {
                File.AppendAllText(file, entry.Account + "\n");
                _holds.TryGetValue(_requests.Count, out hold);
            }
        }

        await (hold?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        return Results.Ok();
    }

    /// <summary>A booking that is written and not yet answered.</summary>
    internal sealed class Hold
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when the booking is written.</summary>
        public Task Reached => _reached.Task;

        public void Release() => _released.TrySetResult();

        public Task WaitAsync(CancellationToken cancellationToken)
        {
            _reached.TrySetResult();
            return _released.Task.WaitAsync(cancellationToken);
        }
    }

    private sealed record Entry(string Key, string Account);
}
