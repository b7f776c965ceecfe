using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Orchestration.Contracts;
using Orchestration.Domain.Failures;
using Orchestration.Hosting;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Identity;

namespace Hosting.Tests;

/// <summary>A real service on real sockets with every contract mapped; a call that is let in ends as UNIMPLEMENTED.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestService(WebApplication app)
    {
        this.app = app;
        Channel = GrpcChannel.ForAddress(app.AppAddress());
    }

    public GrpcChannel Channel { get; }

    public Uri AppAddress => app.AppAddress();

    public Uri HealthAddress => app.HealthAddress();

    public static async Task<TestService> StartAsync(params string[] args)
    {
        var builder = ServiceHost.CreateBuilder(["--APP_PORT=0", "--HEALTH_PORT=0", .. Keys(), .. args], "test");
        builder.Services.AddAccess();
        var app = builder.Build();
        app.MapGrpcService<Plans>();
        app.MapGrpcService<Runs>();
        app.MapGrpcService<RunQueries>();
        app.MapGrpcService<Blobs>();
        app.MapGrpcService<Registry>();
        app.MapGrpcService<SystemState>();
        app.MapPost("/run-events", () => Results.Ok());
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestService(app);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await app.DisposeAsync();
    }

    /// <summary>One key for every role, named and spelled like the role, of tenant "acme".</summary>
    private static IEnumerable<string> Keys() => new[] { "viewer", "operator", "reviewer", "admin", "agent" }.SelectMany((role, i) => new[]
    {
        $"--Access:ApiKeys:{i}:Name={role}",
        $"--Access:ApiKeys:{i}:Hash={Authenticator.HashOf(role + "-key")}",
        $"--Access:ApiKeys:{i}:Tenant=acme",
        $"--Access:ApiKeys:{i}:Roles:0={role}",
    });

    private sealed class Plans : PlanService.PlanServiceBase
    {
        public override Task<StoredPlan> GetPlan(GetPlanRequest request, ServerCallContext context) => request.PlanId switch
        {
            "whoami" => Task.FromResult(new StoredPlan { PlanId = context.GetCaller().Name, Text = context.GetCaller().Tenant }),
            "bug" => throw new InvalidOperationException("secret detail"),
            "sidecar" => throw new Dapr.DaprException("secret detail"),
            "busy" => throw FailureException.Saturated("Too many runs.", TimeSpan.FromMilliseconds(1500)),
            "own" => throw new FailureException(
                new Failure("odd_totals", FailureClass.Business, "Totals differ.", Retryable: true),
                new Metadata { { "extra-bin", [1, 2, 3] } }),
            _ => base.GetPlan(request, context),
        };
    }

    private sealed class Runs : RunService.RunServiceBase;

    private sealed class RunQueries : RunQueryService.RunQueryServiceBase;

    private sealed class Blobs : BlobService.BlobServiceBase;

    private sealed class Registry : RegistryService.RegistryServiceBase;

    private sealed class SystemState : SystemService.SystemServiceBase;
}
