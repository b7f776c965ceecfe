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
        app.MapPost("/book", (Entry entry) => ledger.Book(entry, file));
        await app.StartAsync();
        ledger.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/book");
        return ledger;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Book(Entry entry, string file)
    {
        lock (_writing)
        {
            if (_requests.AddOrUpdate(entry.Key, 1, (_, count) => count + 1) == 1)
            {
                File.AppendAllText(file, entry.Account + "\n");
            }
        }

        return Results.Ok();
    }

    private sealed record Entry(string Key, string Account);
}
