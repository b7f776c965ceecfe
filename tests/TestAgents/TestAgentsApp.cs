using Orchestration.AgentHost;

namespace TestAgents;

/// <summary>Agents whose work is easy to check: the tests run them as processes of their own.</summary>
public static class TestAgentsApp
{
    public static WebApplication Build(string[] args) => AgentApp.Build(
        args,
        agents =>
        {
            agents.Services.AddHttpClient();
            agents.Add("test", agent => agent
                .Name("Test agent")
                .Capability("testing")
                .MaxTasks(16)
                .Skill<EchoSkill>()
                .Skill<WorkSkill>()
                .Skill<GateSkill>()
                .Skill<FailSkill>()
                .Skill<BookSkill>()
                .Skill<BookedSkill>());
        },
        "test-agents");
}
