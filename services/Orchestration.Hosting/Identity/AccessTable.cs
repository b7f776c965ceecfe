using System.Collections.Frozen;

namespace Orchestration.Hosting.Identity;

/// <summary>The one table of who may call what. A method that is not in it may be called by nobody.</summary>
public static class AccessTable
{
    private const string V1 = "/orchestration.v1.";

    private static readonly FrozenDictionary<string, Roles> Required = new Dictionary<string, Roles>
    {
        [V1 + "PlanService/RegisterPlan"] = Roles.Operator,
        [V1 + "PlanService/ValidatePlan"] = Roles.Viewer,
        [V1 + "PlanService/PreviewPlan"] = Roles.Viewer,
        [V1 + "PlanService/GetPlan"] = Roles.Viewer,
        [V1 + "PlanService/ListPlans"] = Roles.Viewer,
        [V1 + "RunService/SubmitRun"] = Roles.Operator,
        [V1 + "RunService/CancelRun"] = Roles.Operator,
        [V1 + "RunService/SignalRun"] = Roles.Operator,
        [V1 + "RunQueryService/GetRun"] = Roles.Viewer,
        [V1 + "RunQueryService/ListRuns"] = Roles.Viewer,
        [V1 + "RunQueryService/WatchRun"] = Roles.Viewer,
        [V1 + "BlobService/UploadBlob"] = Roles.Operator,
        [V1 + "BlobService/DownloadBlob"] = Roles.Viewer,
        [V1 + "RegistryService/RegisterInstance"] = Roles.Agent,
        [V1 + "RegistryService/Heartbeat"] = Roles.Agent,
        [V1 + "RegistryService/DeregisterInstance"] = Roles.Agent,
        [V1 + "RegistryService/ListAgents"] = Roles.Viewer,
        [V1 + "RegistryService/GetAgent"] = Roles.Viewer,
        [V1 + "SystemService/GetSystemStatus"] = Roles.Viewer,
    }.ToFrozenDictionary();

    /// <summary>The role a method asks for; null when nobody may call it.</summary>
    /// <param name="method">Full name as on the wire: <c>/package.Service/Method</c>.</param>
    public static Roles? RoleFor(string method) => Required.TryGetValue(method, out var role) ? role : null;
}
