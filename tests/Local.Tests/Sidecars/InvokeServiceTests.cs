using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using static Dapr.Client.Autogen.Grpc.v1.HTTPExtension.Types;

namespace Local.Tests.Sidecars;

public sealed class InvokeServiceTests : IAsyncLifetime
{
    private readonly TestApp caller = new("caller");
    private readonly TestApp web = new("web", FreePort.Next(), "h2c");
    private readonly TestApp callback = new("callback", FreePort.Next());
    private readonly RunningSidecar sidecar;
    private readonly HttpClient http;

    public InvokeServiceTests()
    {
        sidecar = new RunningSidecar([caller, web, callback]) { Environment = new() { ["APP_API_TOKEN"] = "app-secret" } };
        http = new HttpClient { BaseAddress = caller.HttpAddress };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await sidecar.StartAsync();

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return sidecar.DisposeAsync();
    }

    [Fact]
    public async Task Grpc_ToHttpApp_IsARequestWithVerbQueryBodyAndIdentity()
    {
        await using var app = await StartWebAsync();
        using var call = sidecar.Dapr(caller)
            .InvokeServiceAsync(Request("web", "deep/path", Verb.Put, "x=1"), new Metadata { { "own", "kept" } }, cancellationToken: Token);

        var response = await call;

        Assert.Equal("PUT /deep/path?x=1 body text/plain caller app-secret kept", response.Data.Value.ToStringUtf8());
        Assert.Equal("text/plain; charset=utf-8", response.ContentType);
        Assert.Equal("header", (await call.ResponseHeadersAsync).GetValue("of-the-app"));
    }

    [Theory]
    [InlineData("404", StatusCode.NotFound)]
    [InlineData("400", StatusCode.Internal)]
    [InlineData("409", StatusCode.AlreadyExists)]
    [InlineData("429", StatusCode.ResourceExhausted)]
    [InlineData("418", StatusCode.Unknown)]
    [InlineData("503", StatusCode.Unavailable)]
    public async Task Grpc_ToHttpApp_FailureIsTheMatchingCode(string status, StatusCode code)
    {
        await using var app = await StartWebAsync();

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await sidecar.Dapr(caller).InvokeServiceAsync(Request("web", $"status/{status}", Verb.Get), cancellationToken: Token));

        Assert.Equal(code, error.StatusCode);
        Assert.Contains("because", error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web", "x/%2e%2e/y", Verb.Get, StatusCode.InvalidArgument)]
    [InlineData("web", "x", Verb.None, StatusCode.InvalidArgument)]
    [InlineData("nobody", "x", Verb.Get, StatusCode.Internal)]
    public async Task Grpc_WrongCall_IsRefused(string appId, string method, Verb verb, StatusCode code)
    {
        await using var app = await StartWebAsync();

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await sidecar.Dapr(caller).InvokeServiceAsync(Request(appId, method, verb), cancellationToken: Token));

        Assert.Equal(code, error.StatusCode);
    }

    [Fact]
    public async Task Grpc_ToGrpcApp_IsOnInvokeWithMetadata()
    {
        await using var app = await StartCallbackAsync();
        using var call = sidecar.Dapr(caller).InvokeServiceAsync(
            Request("callback", "hello", Verb.Post, "x=1"), new Metadata { { "own", "kept" }, { "own-bin", [1, 2] } }, cancellationToken: Token);

        var response = await call;

        Assert.Equal("hello Post x=1 body text/plain caller app-secret kept 0102", response.Data.Value.ToStringUtf8());
        Assert.Equal("header", (await call.ResponseHeadersAsync).GetValue("of-the-app"));
    }

    [Fact]
    public async Task Grpc_ToGrpcApp_FailurePassesThrough()
    {
        await using var app = await StartCallbackAsync();

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await sidecar.Dapr(caller).InvokeServiceAsync(Request("callback", "fail", Verb.Post), cancellationToken: Token));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Equal("full", error.Status.Detail);
        Assert.Equal("7", error.Trailers.GetValue("retry"));
    }

    [Fact]
    public async Task Http_ToGrpcApp_IsOnInvoke()
    {
        await using var app = await StartCallbackAsync();
        using var answer = await http.PostAsync("/v1.0/invoke/callback/method/hello?x=1", new StringContent("body"), Token);
        using var failed = await http.PostAsync("/v1.0/invoke/callback/method/fail", null, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("hello Post x=1 body", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, failed.StatusCode);
        Assert.Equal("full", (string?)(await failed.Content.ReadFromJsonAsync<JsonObject>(Token))!["message"]);
    }

    private static InvokeServiceRequest Request(string appId, string method, Verb verb, string query = "") => new()
    {
        Id = appId,
        Message = new InvokeRequest
        {
            Method = method,
            Data = new Any { Value = ByteString.CopyFromUtf8("body") },
            ContentType = "text/plain",
            HttpExtension = new HTTPExtension { Verb = verb, Querystring = query },
        },
    };

    private async Task<WebApplication> StartWebAsync()
    {
        var app = await EchoApp.StartAsync(web.AppPort, map: routes =>
        {
            routes.Map("/status/{status}", (int status) => Results.Text("because", statusCode: status));
            routes.Map("/deep/{**rest}", async (HttpContext context) =>
            {
                using var reader = new StreamReader(context.Request.Body);
                var headers = context.Request.Headers;
                context.Response.Headers["of-the-app"] = "header";
                return Results.Text(
                    $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {await reader.ReadToEndAsync(context.RequestAborted)} "
                    + $"{context.Request.ContentType} {headers["dapr-caller-app-id"]} {headers["dapr-api-token"]} {headers["own"]}");
            });
        });
        await sidecar.WaitForAppAsync(web);
        return app;
    }

    private async Task<WebApplication> StartCallbackAsync()
    {
        var app = await EchoApp.StartAsync(callback.AppPort, map: routes => routes.MapGrpcService<Callback>());
        await sidecar.WaitForAppAsync(callback);
        return app;
    }

    private sealed class Callback : AppCallback.AppCallbackBase
    {
        public override async Task<InvokeResponse> OnInvoke(InvokeRequest request, ServerCallContext context)
        {
            if (request.Method == "fail")
            {
                throw new RpcException(new Status(StatusCode.ResourceExhausted, "full"), new Metadata { { "retry", "7" } });
            }

            var headers = context.RequestHeaders;
            await context.WriteResponseHeadersAsync(new Metadata { { "of-the-app", "header" } });
            var text = $"{request.Method} {request.HttpExtension.Verb} {request.HttpExtension.Querystring} {request.Data.Value.ToStringUtf8()} {request.ContentType} "
                + $"{headers.GetValue("dapr-caller-app-id")} {headers.GetValue("dapr-api-token")} {headers.GetValue("own")} {Convert.ToHexString(headers.GetValueBytes("own-bin") ?? [])}";
            return new InvokeResponse { Data = new Any { Value = ByteString.CopyFromUtf8(text.TrimEnd()) }, ContentType = "text/plain" };
        }
    }
}
