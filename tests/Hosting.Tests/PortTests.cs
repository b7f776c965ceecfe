using System.Net;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Orchestration.Contracts;

namespace Hosting.Tests;

public sealed class PortTests
{
    private const string Token = "--APP_API_TOKEN=app-token";

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("app-tokem", HttpStatusCode.Unauthorized)]
    [InlineData("app-token", HttpStatusCode.OK)]
    public async Task AppPort_SidecarCallback_NeedsTheAppToken(string? token, HttpStatusCode expected)
    {
        await using var service = await TestService.StartAsync(Token);
        using var response = await SendAsync(new Uri(service.AppAddress, "/run-events"), HttpMethod.Post, HttpVersion.Version20, token);
        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData(null, StatusCode.Unauthenticated)]
    [InlineData("wrong", StatusCode.Unauthenticated)]
    [InlineData("app-token", StatusCode.Unimplemented)]
    public async Task AppPort_GrpcCall_NeedsTheAppToken(string? token, StatusCode expected)
    {
        await using var service = await TestService.StartAsync(Token);
        var headers = new Metadata { { "authorization", "Bearer viewer-key" } };
        if (token is not null)
        {
            headers.Add("dapr-api-token", token);
        }

        var error = await Assert.ThrowsAsync<RpcException>(async () => await new PlanService.PlanServiceClient(service.Channel)
            .ListPlansAsync(new ListPlansRequest(), headers, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(expected, error.StatusCode);
    }

    [Theory]
    [InlineData("/healthz/live", HttpStatusCode.OK)]
    [InlineData("/healthz/ready", HttpStatusCode.OK)]
    [InlineData("/run-events", HttpStatusCode.NotFound)]
    public async Task HealthPort_AnyPath_ServesProbesOnlyAndAsksForNoToken(string path, HttpStatusCode expected)
    {
        await using var service = await TestService.StartAsync(Token);
        using var response = await SendAsync(new Uri(service.HealthAddress, path), HttpMethod.Get, HttpVersion.Version11, token: null);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task AppPort_Probe_IsNotServed()
    {
        await using var service = await TestService.StartAsync();
        using var response =
            await SendAsync(new Uri(service.AppAddress, "/healthz/live"), HttpMethod.Get, HttpVersion.Version20, token: null);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Start_ImpossiblePort_IsRefused() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => TestService.StartAsync("--HEALTH_PORT=70000"));

    private static async Task<HttpResponseMessage> SendAsync(Uri address, HttpMethod method, Version version, string? token)
    {
        using var client = new HttpClient();
        using var request =
            new HttpRequestMessage(method, address) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (token is not null)
        {
            request.Headers.Add("dapr-api-token", token);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
