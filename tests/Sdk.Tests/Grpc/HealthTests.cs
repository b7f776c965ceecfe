using Grpc.AspNetCore.HealthChecks;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Xunit;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Sdk.Tests.Grpc;

public sealed class HealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", ServingStatus.NotServing)]
    [InlineData("good", ServingStatus.Serving)]
    [InlineData("bad", ServingStatus.NotServing)]
    [InlineData("unchecked", ServingStatus.Unknown)]
    public async Task Check_MappedService_FollowsItsChecks(string service, ServingStatus expected)
    {
        await using var server = await StartAsync();

        var response = await Client(server).CheckAsync(new HealthCheckRequest { Service = service }, cancellationToken: Token);

        Assert.Equal(expected, response.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Check_UnknownService_NotFound(bool cached)
    {
        await using var server = await StartAsync(options => options.UseHealthChecksCache = cached);

        var error = await Assert.ThrowsAsync<RpcException>(
            () => Client(server).CheckAsync(new HealthCheckRequest { Service = "other" }, cancellationToken: Token).ResponseAsync);

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task Check_WithCache_AnswersWhatWasPublished()
    {
        await using var server = await StartAsync(options => options.UseHealthChecksCache = true);
        server.Services.GetRequiredService<HealthServiceImpl>().SetStatus("bad", ServingStatus.Serving);

        var response = await Client(server).CheckAsync(new HealthCheckRequest { Service = "bad" }, cancellationToken: Token);

        Assert.Equal(ServingStatus.Serving, response.Status);
    }

    [Fact]
    public async Task Watch_StatusChanges_EveryChangeArrives()
    {
        await using var server = await StartAsync();
        var statuses = server.Services.GetRequiredService<HealthServiceImpl>();
        using var call = Client(server).Watch(new HealthCheckRequest { Service = "good" }, cancellationToken: Token);

        Assert.Equal(ServingStatus.Serving, await NextAsync(call));
        statuses.SetStatus("good", ServingStatus.NotServing);
        Assert.Equal(ServingStatus.NotServing, await NextAsync(call));
        statuses.ClearAll();
        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(call));
    }

    [Fact]
    public async Task Watch_UnknownService_BecomesKnown()
    {
        await using var server = await StartAsync();
        using var call = Client(server).Watch(new HealthCheckRequest { Service = "later" }, cancellationToken: Token);

        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(call));
        server.Services.GetRequiredService<HealthServiceImpl>().SetStatus("later", ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, await NextAsync(call));
    }

    [Fact]
    public async Task Watch_PeriodicRun_IsPublished()
    {
        await using var server = await StartAsync(
            options => options.UseHealthChecksCache = true,
            services => services.Configure<HealthCheckPublisherOptions>(options => options.Delay = TimeSpan.Zero));
        using var call = Client(server).Watch(new HealthCheckRequest { Service = "bad" }, cancellationToken: Token);

        var status = await NextAsync(call);
        while (status == ServingStatus.ServiceUnknown)
        {
            status = await NextAsync(call);
        }

        Assert.Equal(ServingStatus.NotServing, status);
    }

    [Fact]
    public async Task Watch_ApplicationStops_EndsAsNotServing()
    {
        await using var server = await StartAsync();
        using var call = Client(server).Watch(new HealthCheckRequest { Service = "good" }, cancellationToken: Token);
        Assert.Equal(ServingStatus.Serving, await NextAsync(call));

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(ServingStatus.NotServing, await NextAsync(call));
        Assert.False(await call.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task Map_NotRegistered_Throws()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        Assert.Throws<InvalidOperationException>(() => app.MapGrpcHealthChecksService());
    }

    private static Health.HealthClient Client(GrpcServer server) => new(server.Channel);

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(Token));
        return call.ResponseStream.Current.Status;
    }

    private static Task<GrpcServer> StartAsync(
        Action<GrpcHealthChecksOptions>? configure = null, Action<IServiceCollection>? more = null) => GrpcServer.StartAsync(
            Token,
            services =>
            {
                services.AddGrpcHealthChecks(options =>
                {
                    options.Services.Map("good", check => check.Tags.Contains("good"));
                    options.Services.Map("bad", check => check.Name == "broken");
                    options.Services.Map("unchecked", _ => false);
                    configure?.Invoke(options);
                })
                .AddCheck("fine", () => HealthCheckResult.Healthy(), ["good"])
                .AddCheck("slow", () => HealthCheckResult.Degraded(), ["good"])
                .AddCheck("broken", () => HealthCheckResult.Unhealthy());
                more?.Invoke(services);
            },
            app => app.MapGrpcHealthChecksService());
}
