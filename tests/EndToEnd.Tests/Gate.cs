using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Tests;

/// <summary>An external system that keeps whoever calls it waiting until it is opened, and notes who called.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _noting = new();
    private readonly List<Call> _calls = [];
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Gate(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public static async Task<Gate> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var gate = new Gate(app);
        app.MapPost("/pass", (Call call, HttpContext context) => gate.PassAsync(call, context.RequestAborted));
        await app.StartAsync();
        gate.Address = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/pass");
        return gate;
    }

    /// <summary>Waits until the calls so far are what is waited for, and returns them.</summary>
    public async Task<IReadOnlyList<Call>> WhenAsync(Func<IReadOnlyList<Call>, bool> enough, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            Call[] calls;
            lock (_noting)
            {
                calls = [.. _calls];
                next = _next.Task;
            }

            if (enough(calls))
            {
                return calls;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Lets everybody go, now and from here on.</summary>
    public void Open() => _open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Open();
        await _app.DisposeAsync();
    }

    private async Task<IResult> PassAsync(Call call, CancellationToken cancellationToken)
    {
        TaskCompletionSource bell;
        lock (_noting)
        {
            _calls.Add(call);
            bell = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        bell.SetResult();
        await _open.Task.WaitAsync(cancellationToken);
        return Results.Ok();
    }

    /// <param name="Process">Id of the process that called.</param>
    internal sealed record Call(string Step, int Process);
}
