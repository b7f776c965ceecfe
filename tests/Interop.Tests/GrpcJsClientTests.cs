using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Interop.Tests;

/// <summary>The client of npm @grpc/grpc-js, which nobody here wrote, against our gRPC server.</summary>
public sealed class GrpcJsClientTests(GrpcJsClientTests.Run run) : IClassFixture<GrpcJsClientTests.Run>
{
    private readonly Run run = NodeScript.Needed(run);

    [Theory]
    [InlineData("empty_unary", "0")]
    [InlineData("large_unary", "314159")]
    [InlineData("client_streaming", "74922")]
    [InlineData("server_streaming", "[31415,9,2653,58979]")]
    [InlineData("ping_pong", """{"sizes":[31415,9,2653,58979],"code":0}""")]
    [InlineData("empty_stream", """{"sizes":[],"code":0}""")]
    [InlineData("cancel_after_begin", "1")]
    [InlineData("cancel_after_first_response", """{"sizes":[31415],"code":1}""")]
    [InlineData("timeout_on_sleeping_server", "4")]
    [InlineData("custom_metadata",
        """{"unary":{"initial":"test_initial_metadata_value","trailing":"ababab"},"duplex":{"initial":"test_initial_metadata_value","trailing":"ababab"}}""")]
    [InlineData("status_code_and_message",
        """{"unary":{"code":2,"details":"test status message"},"duplex":{"code":2,"details":"test status message"}}""")]
    [InlineData("special_status_message", """{"code":2,"same":true}""")]
    [InlineData("unimplemented_method", "12")]
    [InlineData("unimplemented_service", "12")]
    [InlineData("client_compressed_unary", """{"probe":3,"compressed":314159,"plain":314159}""")]
    [InlineData("client_compressed_streaming", """{"probe":3,"mixed":73086}""")]
    [InlineData("server_compressed_unary", "[314159,314159]")]
    [InlineData("server_compressed_streaming", "[31415,92653]")]
    [InlineData("large_messages", "8388608")]
    [InlineData("too_large_request", "8")]
    [InlineData("too_large_response", "8")]
    [InlineData("deadline_of_unary", "4")]
    [InlineData("cancel_unary", "1")]
    public void Case_AgainstOurServer_Succeeds(string name, string expected) =>
        Assert.Equal(expected, run.Results[name]?.ToJsonString() ?? "null");

    /// <summary>One run of the script for all cases.</summary>
    public sealed class Run : IAsyncLifetime
    {
        private const int LargestMessage = 16 << 20;
        private WebApplication? server;

        public JsonObject Results { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            if (NodeScript.Missing is not null)
            {
                return;
            }

            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(
                kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
            builder.Services.AddGrpc(grpc =>
            {
                grpc.MaxReceiveMessageSize = LargestMessage;
                grpc.MaxSendMessageSize = LargestMessage;
                grpc.ResponseCompressionAlgorithm = "gzip";
            });
            server = builder.Build();
            server.MapGrpcService<TestServer>();
            await server.StartAsync(TestContext.Current.CancellationToken);
            var port = new Uri(server.Urls.First()).Port.ToString(CultureInfo.InvariantCulture);
            await using var script = NodeScript.Start("grpc-client.js", $"127.0.0.1:{port}");
            Results = await script.ReadAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }
        }
    }
}
