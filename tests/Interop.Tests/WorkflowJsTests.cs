using System.Text.Json.Nodes;

namespace Interop.Tests;

/// <summary>Workflow worker and client of npm @dapr/dapr against our sidecar.</summary>
public sealed class WorkflowJsTests(WorkflowJsTests.Run run) : IClassFixture<WorkflowJsTests.Run>
{
    private readonly Run run = NodeScript.Needed(run);

    [Theory]
    [InlineData("everything",
        """{"id":"everything","name":"everything","input":5,"status":1,"output":{"chained":8,"all":[2,3,4],"event":{"yes":true},"ofChild":11,"caught":true},"purged":true,"gone":true}""")]
    [InlineData("event_before_it_is_awaited", "\"early\"")]
    [InlineData("continue_as_new", """{"status":1,"output":"done 5"}""")]
    [InlineData("suspend_resume_terminate", """{"suspended":7,"resumed":0,"status":5,"output":"bye"}""")]
    [InlineData("start_later", """{"status":1,"output":2}""")]
    [InlineData("management_on_http",
        """{"id":"by-http","name":"waiting","running":"RUNNING","input":"{\u0022a\u0022:1}","paused":"SUSPENDED","ended":"COMPLETED","output":"{\u0022yes\u0022:true}","gone":true}""")]
    public void Case_AgainstOurSidecar_Succeeds(string name, string expected) =>
        Assert.Equal(expected, run.Results[name]?.ToJsonString() ?? "null");

    [Fact]
    public void Failure_OfAnActivity_FailsTheWorkflowWithItsMessage()
    {
        Assert.Equal(3, (int?)run.Results["failure"]!["status"]);
        Assert.Contains("boom", (string?)run.Results["failure"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public void DuplicateId_OfARunningInstance_IsRefused() => Assert.NotNull(run.Results["duplicate_id"]);

    /// <summary>One run of the script for all cases.</summary>
    public sealed class Run : IAsyncLifetime
    {
        private LocalSidecar? sidecar;

        public JsonObject Results { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            if (NodeScript.Missing is not null)
            {
                return;
            }

            var app = new JsApp("worker", 0, "grpc");
            sidecar = await LocalSidecar.StartAsync(app);
            await using var script = NodeScript.Start("workflow.js", app.GrpcPort, app.HttpPort, LocalSidecar.Token);
            Results = await script.ReadAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (sidecar is not null)
            {
                await sidecar.DisposeAsync();
            }
        }
    }
}
